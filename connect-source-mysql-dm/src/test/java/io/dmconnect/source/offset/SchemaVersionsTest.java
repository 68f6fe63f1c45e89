package io.dmconnect.source.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import io.dmconnect.source.position.Transaction;
import org.junit.jupiter.api.Test;

class SchemaVersionsTest {
  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";

  private final SchemaVersions versions =
      SchemaVersions.NONE
          .with(new SchemaVersion(transaction(10), "v10"))
          .with(new SchemaVersion(transaction(20), null));

  @Test
  void theVersionValidAtAPositionIsTheLastBeforeIt() {
    assertThat(versions.at(position(9))).isEmpty();
    assertThat(versions.at(position(10)).orElseThrow().schema()).isEqualTo("v10");
    assertThat(versions.at(position(19)).orElseThrow().schema()).isEqualTo("v10");
    assertThat(versions.at(position(20)).orElseThrow().schema()).isNull();
  }

  @Test
  void comeBackFromTheOffsetAsTheyWere() {
    assertThat(SchemaVersions.read(versions.toMap())).isEqualTo(versions);
    assertThat(SchemaVersions.read(null)).isEqualTo(SchemaVersions.NONE);
  }

  @Test
  void aStatementReadAgainReplacesItsVersion() {
    assertThat(versions.with(new SchemaVersion(transaction(20), "again")).versions()).hasSize(2);
  }

  @Test
  void onlyTheLastAreKept() {
    SchemaVersions many = SchemaVersions.NONE;
    for (int i = 1; i <= 100; i++) {
      many = many.with(new SchemaVersion(transaction(i), "v" + i));
    }

    assertThat(many.versions()).hasSize(SchemaVersions.KEPT);
    assertThat(many.at(position(100)).orElseThrow().schema()).isEqualTo("v100");
  }

  private static Transaction transaction(int number) {
    return new Transaction("binlog.000001", number, A, number);
  }

  private static BinlogPosition position(int last) {
    return new BinlogPosition("binlog.000001", last + 1, GtidSet.parse(A + ":1-" + last));
  }
}
