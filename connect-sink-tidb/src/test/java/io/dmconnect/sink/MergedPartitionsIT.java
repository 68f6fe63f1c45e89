package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Statements about one shard's partitions, whose rows are merged with others' without a group. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class MergedPartitionsIT {
  private static final String SCHEMA = "sinktask_partitions";
  private static final String MERGED = SCHEMA + ".merged";
  private static final String LEDGER = SCHEMA + "_meta.ddl_ledger";
  private static final TableId SHARD = new TableId(SCHEMA, "shard_1");

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  void mergeIntoAPartitionedTable() {
    dropSchemas();
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE "
            + MERGED
            + " (id INT PRIMARY KEY, name VARCHAR(50)) PARTITION BY RANGE (id)"
            + " (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)",
        "INSERT INTO " + MERGED + " VALUES (9, 'of another shard')");
  }

  @AfterEach
  void dropSchemas() {
    tidb.drop(SCHEMA);
  }

  private static void deliver(TestTopic topic) {
    try (TaskDriver task =
        new TaskDriver(
            SCHEMA,
            "topics.regex",
            "src\\..*",
            "routes",
            "m",
            "routes.m.schema-pattern",
            SCHEMA,
            "routes.m.table-pattern",
            "shard_*",
            "routes.m.target-schema",
            SCHEMA,
            "routes.m.target-table",
            "merged")) {
      task.deliverAll(topic);
    }
  }

  private static TestTopic shard(String change) {
    TestTopic topic = new TestTopic(SHARD, TestDdl.keyed());
    String create = "CREATE TABLE shard_1 (id INT NOT NULL, name VARCHAR(50), PRIMARY KEY (id))";
    topic.ddl(
        new TestDdl("create", DdlKind.CREATE_TABLE, SHARD, create)
            .schemas(null, TestDdl.keyed())
            .snapshot()
            .event());
    topic.read(1, "a");
    topic.ddl(
        new TestDdl("change", DdlKind.ALTER_TABLE, SHARD, change)
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event());
    topic.insert(2, "b");
    return topic;
  }

  @Test
  void anEmptiedPartitionOfOneShardLeavesTheOthersRows() {
    deliver(shard("ALTER TABLE shard_1 TRUNCATE PARTITION p0"));

    assertThat(tidb.query("SELECT id FROM " + MERGED + " ORDER BY id"))
        .containsExactly("1", "2", "9");
    assertThat(tidb.query("SELECT state, note FROM " + LEDGER + " WHERE kind = 'ALTER_TABLE'"))
        .containsExactly("skipped,other upstream tables go to " + MERGED + ", too");
  }

  @Test
  void anExchangedPartitionOfOneShardStopsTheTaskUntilAnOperatorLeavesItOut() {
    TestTopic topic = shard("ALTER TABLE shard_1 EXCHANGE PARTITION p0 WITH TABLE other");
    assertThatThrownBy(() -> deliver(topic))
        .hasMessageContaining("DM-20020")
        .hasMessageContaining("src:change")
        .hasMessageContaining("EXCHANGE PARTITION p0")
        .hasMessageContaining("set the state of src:change in the ledger table to 'skipped'");
    tidb.run("UPDATE " + LEDGER + " SET state = 'skipped' WHERE state <> 'done'");
    deliver(topic);

    assertThat(tidb.query("SELECT id FROM " + MERGED + " ORDER BY id"))
        .containsExactly("1", "2", "9");
  }
}
