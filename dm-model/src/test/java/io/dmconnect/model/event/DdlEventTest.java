package io.dmconnect.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DdlEventTest {
  private static final TableId T = new TableId("db", "t");

  private static DdlEvent drop(String id) {
    return new DdlEvent(
        id,
        DdlKind.DROP_TABLE,
        T,
        null,
        List.of("DROP TABLE IF EXISTS `db`.`t`"),
        "db",
        "",
        "+00:00",
        null,
        null,
        1L,
        DdlEvents.ONE_COLUMN,
        null,
        List.of("src.db.t-0"),
        false);
  }

  @Test
  void aDropWithTheSnapshotsIdTakesItBack() {
    assertThat(drop("src:uuid:binlog.000001:4:snapshot-again:`db`.`t`").takesBackSnapshot())
        .isTrue();
    assertThat(drop("src:uuid:binlog.000001:4:0").takesBackSnapshot()).isFalse();
  }
}
