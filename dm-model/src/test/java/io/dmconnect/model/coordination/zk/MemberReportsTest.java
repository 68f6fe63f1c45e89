package io.dmconnect.model.coordination.zk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.ReportJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberReportsTest {
  private static final MemberId MEMBER = MemberId.of("s", "shop", "orders_1");

  private final MemberReports reports = new MemberReports();

  private static Input.ExecutionReported report(String execution, String error) {
    return new Input.ExecutionReported(MEMBER, execution, 1, error, null);
  }

  @Test
  void nothingIsStatedAtFirst() {
    assertThat(reports.text()).isNull();
  }

  @Test
  void anotherExecutionsReportLeavesTheFormerOne() {
    reports.add(report("e#1", "Given up"));
    reports.add(report("e#2", null));

    assertThat(ReportJson.read(reports.text()))
        .containsExactly(report("e#1", "Given up"), report("e#2", null));
  }

  @Test
  void theSameExecutionsReportTakesThePlaceOfTheFormerOne() {
    reports.add(report("e#1", "TiDB says no"));
    reports.add(report("e#1", null));

    assertThat(ReportJson.read(reports.text())).containsExactly(report("e#1", null));
  }

  @Test
  void whatAFormerTaskToldStaysAndComesFirst() {
    String former = ReportJson.write(List.of(report("e#1", "Given up")));
    reports.add(report("e#2", null));

    reports.follow(former);

    assertThat(ReportJson.read(reports.text()))
        .containsExactly(report("e#1", "Given up"), report("e#2", null));
  }

  @Test
  void formerReportsThatCannotBeReadHinderNothing() {
    reports.follow("{\"v\":2}");
    reports.add(report("e#1", null));

    assertThat(ReportJson.read(reports.text())).containsExactly(report("e#1", null));
  }

  @Test
  void onlyTheLastOnesAreKept() {
    for (int i = 1; i <= 6; i++) {
      reports.add(report("e#" + i, null));
    }

    assertThat(ReportJson.read(reports.text()))
        .extracting(Input.ExecutionReported::executionId)
        .containsExactly("e#3", "e#4", "e#5", "e#6");
  }
}
