package io.dmconnect.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockIdTest {

  @ParameterizedTest
  @CsvSource({"merge,shop,orders", "a-b,s.x,t-`y", "t,``,`"})
  void whatIsPrintedIsRead(String task, String schema, String table) {
    LockId id = new LockId(task, new TableId(schema, table));

    assertThat(LockId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void itLooksAsInDm() {
    assertThat(new LockId("merge", new TableId("shop", "orders")))
        .hasToString("merge-`shop`.`orders`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "merge", "merge-shop.orders", "-`shop`.`orders`", "merge-`shop`"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> LockId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shard-ddl-lock list");
  }
}
