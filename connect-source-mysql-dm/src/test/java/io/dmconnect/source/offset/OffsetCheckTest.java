package io.dmconnect.source.offset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetCheckTest {
  private static final Map<String, ?> STREAM = Map.of("server", "s1");

  @Test
  void takesPositionsOfTheConnector() {
    assertThat(problem(STREAM, Map.of("file", "binlog.000001", "pos", 4))).isNull();
    assertThat(
            problem(
                STREAM,
                Map.of(
                    "file",
                    "binlog.000001",
                    "pos",
                    4L,
                    "gtids",
                    "aaaaaaaa-0000-0000-0000-000000000001:1-5")))
        .isNull();
  }

  @Test
  void takesNamesOfTables() {
    assertThat(problem(Map.of("server", "s1", "schema", "db"), Map.of("0", "t"))).isNull();
    assertThat(problem(Map.of("server", "s1", "schema", "db", "part", "1"), Map.of())).isNull();
  }

  @Test
  void takesWhetherATableIsSelected() {
    Map<String, String> partition = Map.of("server", "s1", "selection", "db.t");
    Map<String, Object> mark = new SelectionMark(false, 1_700_000_000_000_000L, true).toMap();
    assertThat(problem(partition, mark)).isNull();
    assertThat(problem(partition, Map.of("selected", "no"))).contains("'selected'");
    assertThat(SelectionMark.read(mark).toMap()).isEqualTo(mark);
  }

  @Test
  void takesNullForAnyPartition() {
    assertThat(problem(Map.of("what", "ever"), null)).isNull();
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(problem(STREAM, Map.of("file", "binlog.000001"))).contains("'pos'");
    assertThat(problem(STREAM, Map.of("file", "f", "pos", 4, "gtids", "x"))).contains("GTID");
    assertThat(problem(Map.of("server", "s2"), Map.of("file", "f", "pos", 4))).contains("s1");
    assertThat(problem(Map.of("srv", "s1"), Map.of("file", "f", "pos", 4))).contains("keys");
  }

  private static String problem(Map<String, ?> partition, Map<String, ?> offset) {
    return OffsetCheck.problem("s1", partition, offset);
  }
}
