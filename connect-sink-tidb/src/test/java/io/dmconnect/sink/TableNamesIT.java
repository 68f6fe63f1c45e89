package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.SinkSchemas;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables whose names are of other characters, or as long as MySQL takes them. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class TableNamesIT {
  private static final String SCHEMA = "sinktask_names";
  private static final TableId ORDERS = new TableId(SCHEMA, "订单");

  @RegisterExtension final SinkSchemas target = new SinkSchemas(SCHEMA);

  /** A topic whose snapshot begins with a change that is named after the table. */
  private static TestTopic createdTopic(String idPrefix, TableId table) {
    TestTopic topic = new TestTopic(table, TestDdl.keyed());
    topic.ddl(
        new TestDdl(
                idPrefix + "snapshot:" + table.quoted(),
                DdlKind.CREATE_TABLE,
                table,
                "CREATE TABLE `"
                    + table.table()
                    + "` (`id` int NOT NULL, `name` varchar(50), PRIMARY KEY (`id`))")
            .schemas(null, TestDdl.keyed())
            .snapshot()
            .event());
    return topic;
  }

  private void assertLedgerIsDone(int changes) {
    assertThat(target.ledgerStates()).hasSize(changes).containsOnly("done");
  }

  @Test
  void aTableOfChineseNameIsMadeFilledAndChanged() {
    TestTopic topic = createdTopic("", ORDERS);
    topic.read(1, "a");
    topic.ddl(
        new TestDdl(
                "add:" + ORDERS.quoted(),
                DdlKind.ALTER_TABLE,
                ORDERS,
                "ALTER TABLE `订单` ADD COLUMN `a` int")
            .schemas(TestDdl.keyed(), TestDdl.keyed("a"))
            .event());
    topic.insert(2, "b", 22);
    target.deliver(topic);

    assertThat(target.rows(ORDERS)).containsExactly("1,a,null", "2,b,22");
    assertLedgerIsDone(2);
  }

  @Test
  void aChangeOfSeveralTopicsRunsOnceAllHaveReachedIt() {
    TableId renamed = new TableId(SCHEMA, "旧订单");
    TestTopic old = createdTopic("", ORDERS);
    TestTopic fresh = new TestTopic(renamed, TestDdl.keyed());
    TestDdl rename =
        new TestDdl(
                "rename:" + ORDERS.quoted(),
                DdlKind.RENAME_TABLE,
                ORDERS,
                "RENAME TABLE `订单` TO `旧订单`")
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .newTable(renamed);
    old.insert(1, "a");
    old.ddl(rename.event());
    fresh.ddl(rename.event());
    fresh.insert(2, "b");
    target.deliver(old, fresh);

    assertThat(target.rows(renamed)).containsExactly("1,a", "2,b");
    assertThat(target.arrivals()).isEmpty();
    assertLedgerIsDone(2);
  }

  @Test
  void changesWhoseIdsAreLongAndBeginAlikeRunEach() {
    TableId one = new TableId(SCHEMA, "t".repeat(63) + "1");
    TableId two = new TableId(SCHEMA, "t".repeat(63) + "2");
    String prefix = "p".repeat(250) + ":";
    TestTopic first = createdTopic(prefix, one);
    TestTopic second = createdTopic(prefix, two);
    first.read(1, "a");
    second.read(2, "b");
    target.deliver(first, second);

    assertThat(target.rows(one)).containsExactly("1,a");
    assertThat(target.rows(two)).containsExactly("2,b");
    assertLedgerIsDone(2);
  }
}
