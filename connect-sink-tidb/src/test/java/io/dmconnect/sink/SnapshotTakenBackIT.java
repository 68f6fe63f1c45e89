package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tables that are read again, or are gone, before their snapshot was complete. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class SnapshotTakenBackIT {
  private static final String SCHEMA = "sinktask_again";
  private static final String MERGED = SCHEMA + ".merged";
  private static final String LEDGER = SCHEMA + "_meta.ddl_ledger";
  private static final String ARRIVALS = SCHEMA + "_meta.ddl_arrivals";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final TableId SHARD = new TableId(SCHEMA, "shard_1");
  private static final String[] MERGE = {
    "routes", "m",
    "routes.m.schema-pattern", SCHEMA,
    "routes.m.table-pattern", "shard_*",
    "routes.m.target-schema", SCHEMA,
    "routes.m.target-table", "merged"
  };

  private final DevTiDb tidb = new DevTiDb();

  @BeforeEach
  @AfterEach
  void dropSchemas() {
    tidb.run("DROP DATABASE IF EXISTS " + SCHEMA, "DROP DATABASE IF EXISTS " + SCHEMA + "_meta");
  }

  private static TaskDriver driver(String... more) {
    return new TaskDriver(SCHEMA, more).with("topics.regex", "src\\..*");
  }

  private static TaskDriver mergingDriver() {
    return driver(MERGE);
  }

  private TaskDriver mergingDriverWithColumns() {
    mergedWithColumns();
    return driverWithColumns();
  }

  private void mergedWithColumns() {
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE "
            + MERGED
            + " (id INT, name VARCHAR(50), a INT, src VARCHAR(20), db VARCHAR(50),"
            + " tab VARCHAR(50), PRIMARY KEY (src, db, tab, id))",
        "INSERT INTO " + MERGED + " VALUES (1, 'x', 0, 'src', '" + SCHEMA + "', 'shard_2')");
  }

  private static TaskDriver driverWithColumns() {
    return mergingDriver()
        .with("routes.m.extract-source.source-regexp", "(.*)")
        .with("routes.m.extract-source.target-column", "src")
        .with("routes.m.extract-schema.schema-regexp", "(.*)")
        .with("routes.m.extract-schema.target-column", "db")
        .with("routes.m.extract-table.table-regexp", "(.*)")
        .with("routes.m.extract-table.target-column", "tab");
  }

  /** The record that opens a snapshot at a position of the binlog. */
  private static DdlEvent create(TableId table, int position, TableSchema schema) {
    return createIn(1, table, position, schema);
  }

  private static DdlEvent createIn(
      int partitions, TableId table, int position, TableSchema schema) {
    String more = schema.column("a").isPresent() ? ", `a` int" : "";
    return new TestDdl(
            "uuid:binlog.000001:" + position + ":snapshot:" + table.quoted(),
            DdlKind.CREATE_TABLE,
            table,
            "CREATE TABLE `"
                + table.table()
                + "` (`id` int NOT NULL, `name` varchar(50)"
                + more
                + ", PRIMARY KEY (`id`))")
        .schemas(null, schema)
        .partitions(partitions)
        .snapshot()
        .event();
  }

  /** The record that takes back the snapshot that began at that position. */
  private static DdlEvent takeBack(TableId table, int position, TableSchema schema) {
    return takeBackIn(1, table, position + ":1", schema);
  }

  /** The same of a source that died and knows only of the first of its snapshots. */
  private static DdlEvent takeBackAgain(TableId table, int attempt) {
    return takeBackIn(1, table, "4:" + attempt, TestDdl.keyed());
  }

  private static DdlEvent takeBackIn(
      int partitions, TableId table, String place, TableSchema schema) {
    return new TestDdl(
            "uuid:binlog.000001:" + place + ":snapshot-again:" + table.quoted(),
            DdlKind.DROP_TABLE,
            table,
            "DROP TABLE IF EXISTS " + table.quoted())
        .schemas(schema, null)
        .partitions(partitions)
        .event();
  }

  private static TestTopic begun(TableId table) {
    TestTopic topic = new TestTopic(table, TestDdl.keyed());
    topic.ddl(create(table, 4, TestDdl.keyed()));
    return topic;
  }

  /** A shard that gets a column, and loses a row, while it is read. */
  private static TestTopic alteredShard() {
    TestTopic topic = begun(SHARD);
    topic.read(1, "deleted upstream meanwhile");
    topic.read(2, "a");
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    topic.ddl(create(SHARD, 100, TestDdl.keyed("a")));
    topic.read(2, "A", 22);
    return topic;
  }

  @Test
  void theRowsOfAnAlteredShardAreDeletedWhenColumnsTellThem() {
    try (TaskDriver task = mergingDriverWithColumns()) {
      task.deliverAll(alteredShard());
    }

    assertThat(tidb.query("SELECT tab, id, name, a FROM " + MERGED + " ORDER BY 1, 2"))
        .containsExactly("shard_1,2,A,22", "shard_2,1,x,0");
  }

  @Test
  void theRowsOfAShardThatIsGoneAreDeletedWhenColumnsTellThem() {
    TestTopic topic = begun(SHARD);
    topic.read(1, "a");
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    try (TaskDriver task = mergingDriverWithColumns()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT tab, id FROM " + MERGED)).containsExactly("shard_2,1");
    assertThat(tidb.query("SELECT state, note FROM " + LEDGER + " WHERE kind = 'DROP_TABLE'"))
        .containsExactly("done,the snapshot was taken back, the table's rows were deleted");
  }

  @Test
  void theTaskStopsWhenTheRowsOfAnAlteredShardCannotBeToldUntilAnOperatorHasRemovedThem() {
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + MERGED + " (id INT PRIMARY KEY, name VARCHAR(50), a INT)");
    TestTopic topic = alteredShard();
    try (TaskDriver task = mergingDriver()) {
      assertThatThrownBy(() -> task.deliverAll(topic))
          .hasMessageContaining("DM-20023")
          .hasMessageContaining(SHARD.toString())
          .hasMessageContaining("binlog.000001:4")
          .hasMessageContaining(MERGED);
    }

    tidb.run(
        "DELETE FROM " + MERGED, "UPDATE " + LEDGER + " SET state = 'done' WHERE state <> 'done'");
    try (TaskDriver task = mergingDriver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + MERGED)).containsExactly("2,A,22");
  }

  private void mergedWithARowOfAnotherShard() {
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + MERGED + " (id INT PRIMARY KEY, name VARCHAR(50), a INT)",
        "INSERT INTO " + MERGED + " VALUES (9, 'of another shard', 9)");
  }

  @Test
  void aShardOfWhichNoRowWasReadIsReadAgainBesideOthersThatCannotBeTold() {
    mergedWithARowOfAnotherShard();
    TestTopic topic = begun(SHARD);
    deliver(mergingDriver(), topic);
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    topic.ddl(create(SHARD, 100, TestDdl.keyed()));
    deliver(mergingDriver(), topic);
    topic.ddl(takeBack(SHARD, 100, TestDdl.keyed()));
    deliver(mergingDriver(), topic);

    assertThat(tidb.query("SELECT id FROM " + MERGED)).containsExactly("9");
    assertThat(tidb.query("SELECT note FROM " + LEDGER + " WHERE kind = 'DROP_TABLE'"))
        .containsOnly("the snapshot was taken back, none of its rows was here");
  }

  @Test
  void aShardOfWhichARowWasReadBeforeARestartIsNotTakenForOneWithoutRows() {
    mergedWithARowOfAnotherShard();
    TestTopic topic = begun(SHARD);
    topic.read(1, "a");
    deliver(mergingDriver(), topic);
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));

    assertThatThrownBy(() -> deliver(mergingDriver(), topic)).hasMessageContaining("DM-20023");
  }

  @Test
  void aShardIsNotTakenForOneWithoutRowsWhenAnotherOfItsPartitionsHasSome() {
    mergedWithARowOfAnotherShard();
    TestTopic first = new TestTopic(SHARD, TestDdl.keyed());
    TestTopic second = new TestTopic(SHARD, TestDdl.keyed(), 1);
    first.ddl(createIn(2, SHARD, 4, TestDdl.keyed()));
    second.ddl(createIn(2, SHARD, 4, TestDdl.keyed()));
    second.read(1, "a");
    first.ddl(takeBackIn(2, SHARD, "4:1", TestDdl.keyed()));
    second.ddl(takeBackIn(2, SHARD, "4:1", TestDdl.keyed()));

    assertThatThrownBy(() -> deliver(mergingDriver(), first, second))
        .hasMessageContaining("DM-20023");
  }

  @Test
  void aShardOfWhichNoRowWasReadIsReadAgainWithoutAnOperator() {
    TestTopic topic = begun(SHARD);
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    topic.ddl(create(SHARD, 100, TestDdl.keyed()));
    topic.read(2, "A");
    try (TaskDriver task = mergingDriver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + MERGED)).containsExactly("2,A");
  }

  /** A source that died while it read the table again, and does not find it any more. */
  private static TestTopic goneAfterTwoSnapshots(TableId table) {
    TestTopic topic = begun(table);
    topic.read(1, "a");
    topic.ddl(takeBack(table, 4, TestDdl.keyed()));
    topic.ddl(create(table, 100, TestDdl.keyed("a")));
    topic.read(2, "deleted upstream meanwhile", 2);
    topic.ddl(takeBackAgain(table, 2));
    return topic;
  }

  /** The source died after it had begun to read the table again, and knows nothing of that. */
  private static TestTopic takenBackTwice(TableId table) {
    TestTopic topic = goneAfterTwoSnapshots(table);
    topic.ddl(create(table, 200, TestDdl.keyed("a")));
    topic.read(3, "c", 3);
    return topic;
  }

  @Test
  void aSnapshotThatIsTakenBackTwiceLeavesNoRowOfTheOneInBetween() {
    TableId table = new TableId(SCHEMA, "t");
    try (TaskDriver task = driver()) {
      task.deliverAll(takenBackTwice(table));
    }

    assertThat(tidb.query("SELECT * FROM " + table)).containsExactly("3,c,3");
  }

  @Test
  void aSnapshotOfAShardThatIsTakenBackTwiceLeavesNoRowOfTheOneInBetween() {
    try (TaskDriver task = mergingDriverWithColumns()) {
      task.deliverAll(takenBackTwice(SHARD));
    }

    assertThat(tidb.query("SELECT tab, id, name, a FROM " + MERGED + " ORDER BY 1, 2"))
        .containsExactly("shard_1,3,c,3", "shard_2,1,x,0");
  }

  @Test
  void aTableThatIsGoneAfterItsSecondSnapshotBeganIsGoneInTheTarget() {
    TableId table = new TableId(SCHEMA, "t");
    try (TaskDriver task = driver()) {
      task.deliverAll(goneAfterTwoSnapshots(table));
    }

    assertThat(tidb.query("SHOW TABLES FROM " + SCHEMA)).isEmpty();
  }

  @Test
  void aSnapshotThatIsTakenBackOverAndOverIsGoneInTheTarget() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic topic = takenBackTwice(table);
    topic.ddl(takeBackAgain(table, 3));
    topic.ddl(takeBackAgain(table, 4));
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SHOW TABLES FROM " + SCHEMA)).isEmpty();
  }

  @Test
  void theSecondSnapshotsRowsOfAShardThatIsGoneAreDeletedWhenColumnsTellThem() {
    try (TaskDriver task = mergingDriverWithColumns()) {
      task.deliverAll(goneAfterTwoSnapshots(SHARD));
    }

    assertThat(tidb.query("SELECT tab, id FROM " + MERGED)).containsExactly("shard_2,1");
  }

  @Test
  void theTaskStopsOnceMoreForTheSecondSnapshotsRowsOfAShardThatIsGone() {
    tidb.run(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + MERGED + " (id INT PRIMARY KEY, name VARCHAR(50), a INT)");
    TestTopic topic = goneAfterTwoSnapshots(SHARD);
    for (int id = 1; id <= 2; id++) {
      assertThatThrownBy(() -> deliver(mergingDriver(), topic)).hasMessageContaining("DM-20023");
      assertThat(tidb.query("SELECT id FROM " + MERGED)).containsExactly("" + id);
      tidb.run(
          "DELETE FROM " + MERGED,
          "UPDATE " + LEDGER + " SET state = 'done' WHERE state <> 'done'");
    }

    deliver(mergingDriver(), topic);
    assertThat(tidb.query("SELECT state FROM " + LEDGER + " WHERE kind = 'DROP_TABLE'"))
        .containsExactly("done", "done");
  }

  private static void deliver(TaskDriver driver, TestTopic... topics) {
    try (driver) {
      driver.deliverAll(topics);
    }
  }

  @Test
  void aRepeatedDropWaitsUntilAllPartitionsOfItsTableHaveComeToIt() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic first = new TestTopic(table, TestDdl.keyed());
    TestTopic second = new TestTopic(table, TestDdl.keyed(), 1);
    for (TestTopic topic : List.of(first, second)) {
      topic.ddl(createIn(2, table, 4, TestDdl.keyed()));
      topic.ddl(takeBackIn(2, table, "4:1", TestDdl.keyed()));
      topic.ddl(createIn(2, table, 100, TestDdl.keyed()));
    }

    second.read(2, "deleted upstream meanwhile");
    first.ddl(takeBackIn(2, table, "4:2", TestDdl.keyed()));
    try (TaskDriver task = driver()) {
      task.open(first, second);
      task.put(first.from(0));
      task.deliverAll(second);
      Await.until(
          "the first partition to come to the repeated DROP",
          LIMIT,
          () -> {
            task.put(List.of());
            return !tidb.query(
                    "SELECT 1 FROM " + ARRIVALS + " WHERE ddl_id LIKE '%:4:2:snapshot-again:%'")
                .isEmpty();
          });
      assertThat(tidb.query("SELECT id FROM " + table)).containsExactly("2");

      second.ddl(takeBackIn(2, table, "4:2", TestDdl.keyed()));
      task.deliverAll(first, second);
    }

    assertThat(tidb.query("SHOW TABLES FROM " + SCHEMA)).isEmpty();
  }

  @Test
  void aTableOfWhichOnlyAnotherPartitionHasRowsIsEmptiedForASnapshotThatBeginsAgain() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic first = new TestTopic(table, TestDdl.keyed());
    TestTopic second = new TestTopic(table, TestDdl.keyed(), 1);
    first.ddl(createIn(2, table, 4, TestDdl.keyed()));
    second.ddl(createIn(2, table, 4, TestDdl.keyed()));
    second.read(1, "deleted upstream meanwhile");
    deliver(driver(), first, second);
    first.ddl(createIn(2, table, 100, TestDdl.keyed()));
    second.ddl(createIn(2, table, 100, TestDdl.keyed()));
    second.read(2, "b");
    deliver(driver(), first, second);

    assertThat(tidb.query("SELECT id FROM " + table)).containsExactly("2");
  }

  /** Two snapshots, the first of which was taken back; it ends with a row of the second one. */
  private static TestTopic readTwice(TableId table) {
    TestTopic topic = begun(table);
    topic.read(1, "a");
    topic.ddl(takeBack(table, 4, TestDdl.keyed()));
    topic.ddl(create(table, 100, TestDdl.keyed("a")));
    topic.read(2, "b", 2);
    return topic;
  }

  /** As an operator sets the offsets back. */
  private void readOnFrom(long offset) {
    String back = "SET record_offset = " + (offset - 1) + ", fingerprint = NULL";
    tidb.run("UPDATE " + SCHEMA + "_meta.sink_progress " + back);
  }

  @Test
  void aDropThatIsReadOnceMoreTakesNothingBack() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic topic = readTwice(table);
    deliver(driver(), topic);
    readOnFrom(2);
    tidb.run("INSERT INTO " + table + " VALUES (99, 'must stay', 0)");
    deliver(driver(), topic);

    assertThat(tidb.query("SELECT id FROM " + table + " ORDER BY id")).containsExactly("2", "99");
  }

  @Test
  void aShardsDropThatIsReadOnceMoreTakesNothingBack() {
    mergedWithColumns();
    TestTopic topic = readTwice(SHARD);
    deliver(driverWithColumns(), topic);
    readOnFrom(2);
    String mustStay = "(99, 'must stay', 0, 'src', '" + SCHEMA + "', 'shard_1')";
    tidb.run("INSERT INTO " + MERGED + " VALUES " + mustStay);
    deliver(driverWithColumns(), topic);

    assertThat(tidb.query("SELECT id FROM " + MERGED + " WHERE tab = 'shard_1' ORDER BY id"))
        .containsExactly("2", "99");
  }

  @Test
  void rowsOfASnapshotThatWasTakenBackAreRemovedByTheNextDropWhenTheyWereReadOnceMore() {
    mergedWithColumns();
    TestTopic topic = begun(SHARD);
    topic.read(1, "a");
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    topic.ddl(create(SHARD, 100, TestDdl.keyed()));
    deliver(driverWithColumns(), topic);
    readOnFrom(0);
    topic.ddl(takeBackAgain(SHARD, 2));
    deliver(driverWithColumns(), topic);

    assertThat(tidb.query("SELECT tab, id FROM " + MERGED)).containsExactly("shard_2,1");
  }

  @Test
  void aTableIsEmptiedOnceForASnapshotThatBeginsAgain() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic topic = begun(table);
    topic.read(1, "deleted upstream meanwhile");
    topic.ddl(create(table, 100, TestDdl.keyed()));
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + table)).isEmpty();
    // As if the worker had died after the table was emptied, before its progress was written.
    tidb.run(
        "UPDATE " + LEDGER + " SET state = 'started' WHERE ddl_id LIKE '%:100:snapshot:`%`'",
        "UPDATE " + SCHEMA + "_meta.sink_progress SET record_offset = 1, fingerprint = NULL",
        "INSERT INTO " + table + " VALUES (99, 'must stay')");
    try (TaskDriver task = driver()) {
      task.deliverAll(topic);
    }

    assertThat(tidb.query("SELECT * FROM " + table)).containsExactly("99,must stay");
    assertThat(tidb.query("SELECT state FROM " + LEDGER)).containsOnly("done");
  }
}
