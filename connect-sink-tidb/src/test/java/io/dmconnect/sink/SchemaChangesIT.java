package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class SchemaChangesIT {
  private static final String SCHEMA = "sinktask_ddl";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final String CREATE =
      "CREATE TABLE `t` (`id` int NOT NULL, `name` varchar(50), PRIMARY KEY (`id`))";

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  @AfterEach
  void dropSchemas() {
    tidb.drop(SCHEMA);
  }

  private static TaskDriver driver(String... more) {
    TaskDriver driver = new TaskDriver(SCHEMA, more);
    return driver.with("topics.regex", "src\\..*");
  }

  private static TestTopic createdTopic(TableId table) {
    TestTopic topic = new TestTopic(table, TestDdl.keyed());
    topic.ddl(
        new TestDdl("create-" + table, DdlKind.CREATE_TABLE, table, CREATE)
            .schemas(null, TestDdl.keyed())
            .snapshot()
            .event());
    return topic;
  }

  private static TestDdl addColumn(String id, TableId table) {
    return new TestDdl(
            id,
            DdlKind.ALTER_TABLE,
            table,
            "ALTER TABLE `" + table.table() + "` ADD COLUMN `a` int")
        .schemas(TestDdl.keyed(), TestDdl.keyed("a"));
  }

  @Test
  void createsTheTableAndItsDatabaseBeforeItsRows() {
    TestTopic topic = createdTopic(T);
    topic.read(1, "a");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
      assertThat(task.context().commitRequested()).isTrue();
    }

    assertThat(tidb.query("SELECT * FROM " + T)).containsExactly("1,a");
    assertThat(tidb.query("SELECT ddl_id, state FROM " + SCHEMA + "_meta.ddl_ledger"))
        .containsExactly("src:create-" + T + ",done");
  }

  @Test
  void appliesRowsBeforeAndAfterAnAddedColumn() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    topic.ddl(addColumn("add", T).event());
    topic.insert(2, "b", 22);
    topic.update(new Object[] {1, "a", null}, 1, "a", 11);
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T + " ORDER BY id"))
        .containsExactly("1,a,11", "2,b,22");
  }

  @Test
  void appliesRowsOfATopicThatComesBackAfterAnotherTaskChangedItsTable() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    try (TaskDriver first = driver()) {
      first.deliverAll(topic);
      first.giveUp(topic);
      topic.ddl(addColumn("add", T).event());
      try (TaskDriver second = driver()) {
        second.deliverAll(topic);
      }

      topic.insert(2, "b", 22);
      first.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT id, name, COALESCE(a, 0) FROM " + T + " ORDER BY id"))
        .containsExactly("1,a,0", "2,b,22");
  }

  @Test
  void keepsATableThatIsNotCapturedForAWhileWithItsRows() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    topic.ddl(TestDdl.deselect(T, TestDdl.keyed()).event());
    topic.ddl(TestDdl.select(T, TestDdl.keyed(), CREATE).event());
    topic.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T + " ORDER BY id")).containsExactly("1,a", "2,b");
  }

  @Test
  void refusesToGoOnWithATableThatWasAlteredWhileItWasNotCaptured() {
    TestTopic topic = createdTopic(T);
    topic.ddl(TestDdl.deselect(T, TestDdl.keyed()).event());
    topic.ddl(TestDdl.select(T, TestDdl.keyed("a"), CREATE).event());
    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasStackTraceContaining("does not fit " + T)
          .hasStackTraceContaining("a");
    }
  }

  @Test
  void passesOverARowWithAColumnDroppedSinceThatIsSentAgain() {
    TestTopic topic = createdTopic(T);
    SinkRecord before = topic.insert(1, "a");
    topic.ddl(
        new TestDdl("drop", DdlKind.ALTER_TABLE, T, "ALTER TABLE t DROP COLUMN name")
            .schemas(TestDdl.keyed(), TestDdl.unnamed())
            .event());
    topic.again(before);
    topic.insert(2);
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T + " ORDER BY id")).containsExactly("1", "2");
  }

  @Test
  void runsAChangeOnceAlthoughItsRecordIsSentAgain() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    topic.again(
        topic.ddl(
            new TestDdl("cut", DdlKind.TRUNCATE_TABLE, T, "TRUNCATE TABLE t")
                .schemas(TestDdl.keyed(), TestDdl.keyed())
                .event()));
    topic.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    topic.again(topic.from(2).get(0));
    topic.insert(3, "c");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T + " ORDER BY id")).containsExactly("2,b", "3,c");
  }

  @Test
  void doesNotRepeatAStatementThatRanBeforeACrash() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    topic.ddl(
        new TestDdl("cut", DdlKind.TRUNCATE_TABLE, T, "TRUNCATE TABLE t")
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event());
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    // As if the worker had died after the statement, before its progress was written.
    tidb.run(
        "UPDATE " + SCHEMA + "_meta.ddl_ledger SET state = 'started' WHERE ddl_id = 'src:cut'",
        "UPDATE " + SCHEMA + "_meta.sink_progress SET record_offset = 1, fingerprint = NULL",
        "INSERT INTO " + T + " VALUES (99, 'must stay')");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T)).containsExactly("99,must stay");
    assertThat(tidb.query("SELECT state FROM " + SCHEMA + "_meta.ddl_ledger")).containsOnly("done");
  }

  @Test
  void runsAStatementThatWasEnteredButNeverSent() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    tidb.run(
        "INSERT INTO "
            + SCHEMA
            + "_meta.ddl_ledger (connector, ddl_id, state, token, statements,"
            + " connection_id) VALUES ('"
            + SCHEMA
            + "', 'src:cut', 'started', MD5(RAND()),"
            + " 'TRUNCATE TABLE `"
            + SCHEMA
            + "`.`t`', 1)");
    topic.ddl(
        new TestDdl("cut", DdlKind.TRUNCATE_TABLE, T, "TRUNCATE TABLE t")
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event());
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T)).isEmpty();
  }

  @Test
  void takesAChangeThatTheTargetHasAsDone() {
    TestTopic topic = createdTopic(T);
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    tidb.run("ALTER TABLE " + T + " ADD COLUMN a INT");
    topic.ddl(addColumn("add", T).event());
    topic.insert(1, "x", 2);
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T)).containsExactly("1,x,2");
  }

  @Test
  void mergesShardsIntoOneTableAndKeepsItWhenOneIsDropped() {
    String[] merge = {
      "routes", "m",
      "routes.m.schema-pattern", SCHEMA,
      "routes.m.table-pattern", "shard_*",
      "routes.m.target-schema", SCHEMA,
      "routes.m.target-table", "merged"
    };
    TableId first = new TableId(SCHEMA, "shard_1");
    TableId second = new TableId(SCHEMA, "shard_2");
    TestTopic one = createdShard(first);
    TestTopic two = createdShard(second);
    one.insert(1, "a");
    two.insert(2, "b");
    one.ddl(addColumn("add-1", first).event());
    two.ddl(addColumn("add-2", second).event());
    one.insert(3, "c", 33);
    two.insert(4, "d", 44);
    one.ddl(
        new TestDdl("drop-1", DdlKind.DROP_TABLE, first, "DROP TABLE `shard_1`")
            .schemas(TestDdl.keyed("a"), null)
            .event());
    try (TaskDriver task = driver(merge)) {
      task.deliverAll(one, two);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".merged ORDER BY id"))
        .containsExactly("1,a,null", "2,b,null", "3,c,33", "4,d,44");
    assertThat(
            tidb.query(
                "SELECT state FROM " + SCHEMA + "_meta.ddl_ledger WHERE ddl_id = 'src:drop-1'"))
        .containsExactly("skipped");
  }

  private static TestTopic shardWhoseSnapshotBeginsAgain(TableId table) {
    TestTopic topic = createdShard(table);
    topic.read(1, "deleted upstream meanwhile");
    topic.read(2, "a");
    topic.ddl(
        new TestDdl(
                "again-" + table,
                DdlKind.CREATE_TABLE,
                table,
                CREATE.replace("`t`", "`" + table.table() + "`"))
            .schemas(null, TestDdl.keyed())
            .snapshot()
            .event());
    topic.read(2, "A");
    return topic;
  }

  @Test
  void deletesTheRowsOfAShardWhoseSnapshotBeginsAgainWhenColumnsTellThem() {
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE "
            + SCHEMA
            + ".merged (id INT, name VARCHAR(50), src VARCHAR(20), db VARCHAR(50), tab VARCHAR(50),"
            + " PRIMARY KEY (src, db, tab, id))",
        "INSERT INTO " + SCHEMA + ".merged VALUES (1, 'x', 'src', '" + SCHEMA + "', 'shard_2')");
    try (TaskDriver task =
        driver(
            "routes", "m",
            "routes.m.schema-pattern", SCHEMA,
            "routes.m.table-pattern", "shard_*",
            "routes.m.target-schema", SCHEMA,
            "routes.m.target-table", "merged",
            "routes.m.extract-source.source-regexp", "(.*)",
            "routes.m.extract-source.target-column", "src",
            "routes.m.extract-schema.schema-regexp", "(.*)",
            "routes.m.extract-schema.target-column", "db",
            "routes.m.extract-table.table-regexp", "(.*)",
            "routes.m.extract-table.target-column", "tab")) {
      task.deliverAll(shardWhoseSnapshotBeginsAgain(new TableId(SCHEMA, "shard_1")));
    }

    assertThat(tidb.query("SELECT tab, id, name FROM " + SCHEMA + ".merged ORDER BY 1, 2"))
        .containsExactly("shard_1,2,A", "shard_2,1,x");
  }

  @Test
  void stopsWhenTheRowsOfAShardWhoseSnapshotBeginsAgainCannotBeTold() {
    TestTopic topic = shardWhoseSnapshotBeginsAgain(new TableId(SCHEMA, "shard_1"));
    String[] merge = {
      "routes", "m",
      "routes.m.schema-pattern", SCHEMA,
      "routes.m.table-pattern", "shard_*",
      "routes.m.target-schema", SCHEMA,
      "routes.m.target-table", "merged"
    };
    try (TaskDriver task = driver(merge)) {
      assertThatThrownBy(() -> task.deliverAll(topic)).hasMessageContaining("DM-20023");
    }

    tidb.run(
        "DELETE FROM " + SCHEMA + ".merged",
        "UPDATE " + SCHEMA + "_meta.ddl_ledger SET state = 'done'");
    try (TaskDriver task = driver(merge)) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + SCHEMA + ".merged")).containsExactly("2,A");
  }

  private static TestTopic createdShard(TableId table) {
    TestTopic topic = new TestTopic(table, TestDdl.keyed());
    topic.ddl(
        new TestDdl(
                "create-" + table,
                DdlKind.CREATE_TABLE,
                table,
                CREATE.replace("`t`", "`" + table.table() + "`"))
            .schemas(null, TestDdl.keyed())
            .snapshot()
            .event());
    return topic;
  }

  @Test
  void refusesAnExistingTableWithOtherColumns() {
    tidb.run("CREATE DATABASE " + SCHEMA, "CREATE TABLE " + T + " (id INT PRIMARY KEY)");
    TestTopic topic = createdTopic(T);
    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20022")
          .hasMessageContaining("it has no column name");
    }
  }

  @Test
  void renamesOnceBothTopicsReachedIt() {
    TableId renamed = new TableId(SCHEMA, "t2");
    TestTopic old = createdTopic(T);
    old.insert(1, "a");
    TestDdl rename =
        new TestDdl("rename", DdlKind.RENAME_TABLE, T, "RENAME TABLE t TO t2")
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .newTable(renamed);
    old.ddl(rename.event());
    TestTopic fresh = new TestTopic(renamed, TestDdl.keyed());
    fresh.ddl(rename.event());
    fresh.insert(2, "b");
    try (TaskDriver task = driver()) {
      task.deliverAll(old, fresh);
    }

    assertThat(tidb.query("SELECT * FROM " + renamed + " ORDER BY id"))
        .containsExactly("1,a", "2,b");
    assertThat(tidb.query("SHOW TABLES FROM " + SCHEMA)).containsExactly("t2");
    assertThat(tidb.query("SELECT * FROM " + SCHEMA + "_meta.ddl_arrivals")).isEmpty();
  }

  @Test
  void runsThePartsOfAnAlterThatTiDbRefusesAsAWhole() {
    TestTopic topic = createdTopic(T);
    topic.ddl(
        new TestDdl(
                "multi",
                DdlKind.ALTER_TABLE,
                T,
                "ALTER TABLE t ADD COLUMN a INT, ADD INDEX ia (a), ALGORITHM=INPLACE, LOCK=NONE")
            .schemas(TestDdl.keyed(), TestDdl.keyed("a"))
            .event());
    topic.insert(1, "x", 2);
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + T + " USE INDEX (ia)")).containsExactly("1,x,2");
  }

  @Test
  void givesDefaultsTheMomentOfTheUpstreamStatement() {
    TestTopic topic = createdTopic(T);
    topic.insert(1, "a");
    topic.ddl(
        new TestDdl(
                "now",
                DdlKind.ALTER_TABLE,
                T,
                "ALTER TABLE t ADD COLUMN d DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP")
            .timeZone("+02:00")
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event());
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT d FROM " + T)).containsExactly("2023-11-15 00:13:20");
  }

  @Test
  void failsNamingTheStatementThatTheTargetRefuses() {
    TestTopic topic = createdTopic(T);
    topic.ddl(
        new TestDdl("bad", DdlKind.ALTER_TABLE, T, "ALTER TABLE t DROP PRIMARY KEY")
            .schemas(TestDdl.keyed(), TestDdl.keyed())
            .event());
    try (TaskDriver task = driver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20020")
          .hasMessageContaining("DROP PRIMARY KEY");
    }
  }
}
