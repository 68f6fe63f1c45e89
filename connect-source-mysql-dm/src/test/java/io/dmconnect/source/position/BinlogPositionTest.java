package io.dmconnect.source.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinlogPositionTest {
  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";

  @Test
  void filesAreOrderedByTheirNumberNotByTheirText() {
    assertThat(new BinlogPosition("binlog.999999", 900, null))
        .isLessThan(new BinlogPosition("binlog.1000000", 4, null));
  }

  @Test
  void aTransactionIsCoveredByItsGtidWhateverItsFileIs() {
    BinlogPosition position = new BinlogPosition("binlog.000001", 100, GtidSet.parse(A + ":1-5"));

    assertThat(position.covers(new Transaction("mysql-bin.000077", 4, A, 5))).isTrue();
    assertThat(position.covers(new Transaction("binlog.000001", 50, A, 6))).isFalse();
  }

  @Test
  void withoutGtidsATransactionIsCoveredWhenItBeginsBefore() {
    BinlogPosition position = new BinlogPosition("binlog.000002", 100, null);

    assertThat(position.covers(new Transaction("binlog.000001", 5000, null, 0))).isTrue();
    assertThat(position.covers(new Transaction("binlog.000002", 99, null, 0))).isTrue();
    assertThat(position.covers(new Transaction("binlog.000002", 100, null, 0))).isFalse();
  }
}
