package io.dmconnect.source.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.source.position.Transaction;
import org.junit.jupiter.api.Test;

class PreparedTransactionsTest {
  private static final Transaction BY_GTID =
      new Transaction("binlog.000002", 157, "aaaaaaaa-0000-0000-0000-000000000001", 7);
  private static final Transaction BY_PLACE = new Transaction("binlog.000002", 900, null, 0);
  private static final Transaction OF_MARIADB = new Transaction("binlog.000003", 4, "0-1", 12);

  @Test
  void comeBackFromTheirText() {
    PreparedTransactions prepared =
        PreparedTransactions.NONE
            .with("X'61',X'',1", BY_GTID)
            .with("X'62',X'',1", null)
            .with("X'63',X'64',2", BY_PLACE)
            .with("X'65',X'',1", OF_MARIADB);

    PreparedTransactions read = PreparedTransactions.parse(prepared.toString());

    assertThat(read).hasToString(prepared.toString());
    assertThat(read.get("X'61',X'',1").transaction()).isEqualTo(BY_GTID);
    assertThat(read.get("X'62',X'',1").transaction()).isNull();
    assertThat(read.get("X'63',X'64',2").transaction()).isEqualTo(BY_PLACE);
    assertThat(read.get("X'65',X'',1").transaction()).isEqualTo(OF_MARIADB);
    assertThat(read.get("X'66',X'',1")).isNull();
  }

  @Test
  void endOneByOne() {
    PreparedTransactions prepared = PreparedTransactions.NONE.with("X'61',X'',1", BY_GTID);

    assertThat(prepared.without("X'61',X'',1").isEmpty()).isTrue();
    assertThat(prepared.without("X'62',X'',1")).isSameAs(prepared);
    assertThat(PreparedTransactions.parse(null).isEmpty()).isTrue();
  }

  @Test
  void refuseOtherText() {
    assertThatThrownBy(() -> PreparedTransactions.parse("X'61',X'',1@nowhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
