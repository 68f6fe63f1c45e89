package io.dmconnect.source.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private final Topics topics = new Topics("s1");

  @Test
  void replaceWhatKafkaDoesNotTake() {
    assertThat(topics.of(new TableId("db", "Order Items$"))).isEqualTo("s1.db.Order_Items_");
    assertThat(topics.of(new TableId("db", "a-b.c_d"))).isEqualTo("s1.db.a-b.c_d");
  }

  @Test
  void refuseTwoTablesInOneTopic() {
    topics.of(new TableId("db", "a b"));

    assertThat(topics.of(new TableId("db", "a b"))).isEqualTo("s1.db.a_b");
    assertThatThrownBy(() -> topics.of(new TableId("db", "a$b")))
        .hasMessageContaining("`db`.`a b`")
        .hasMessageContaining("`db`.`a$b`");
  }
}
