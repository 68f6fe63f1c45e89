package io.dmconnect.sink;

import static io.dmconnect.sink.ReadAgain.LEDGER;
import static io.dmconnect.sink.ReadAgain.MERGED;
import static io.dmconnect.sink.ReadAgain.SCHEMA;
import static io.dmconnect.sink.ReadAgain.SHARD;
import static io.dmconnect.sink.ReadAgain.deliver;
import static io.dmconnect.sink.ReadAgain.driver;
import static io.dmconnect.sink.ReadAgain.mergingDriver;
import static io.dmconnect.sink.testing.SnapshotDdl.begin;
import static io.dmconnect.sink.testing.SnapshotDdl.beginIn;
import static io.dmconnect.sink.testing.SnapshotDdl.begun;
import static io.dmconnect.sink.testing.SnapshotDdl.takeBack;
import static io.dmconnect.sink.testing.SnapshotDdl.takeBackAgain;
import static io.dmconnect.sink.testing.SnapshotDdl.takeBackIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
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
  private static final String ARRIVALS = SCHEMA + "_meta.ddl_arrivals";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final DevTiDb tidb = new DevTiDb();
  private final ReadAgain again = new ReadAgain(tidb);

  @BeforeEach
  @AfterEach
  void dropSchemas() {
    again.dropSchemas();
  }

  /** A shard that gets a column, and loses a row, while it is read. */
  private static TestTopic alteredShard() {
    TestTopic topic = begun(SHARD);
    topic.read(1, "deleted upstream meanwhile");
    topic.read(2, "a");
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    topic.ddl(begin(SHARD, 100, TestDdl.keyed("a")));
    topic.read(2, "A", 22);
    return topic;
  }

  @Test
  void theRowsOfAnAlteredShardAreDeletedWhenColumnsTellThem() {
    try (TaskDriver task = again.mergingDriverWithColumns()) {
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
    try (TaskDriver task = again.mergingDriverWithColumns()) {
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
    topic.ddl(begin(SHARD, 100, TestDdl.keyed()));
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
    first.ddl(beginIn(2, SHARD, 4, TestDdl.keyed()));
    second.ddl(beginIn(2, SHARD, 4, TestDdl.keyed()));
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
    topic.ddl(begin(SHARD, 100, TestDdl.keyed()));
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
    topic.ddl(begin(table, 100, TestDdl.keyed("a")));
    topic.read(2, "deleted upstream meanwhile", 2);
    topic.ddl(takeBackAgain(table, 2));
    return topic;
  }

  /** The source died after it had begun to read the table again, and knows nothing of that. */
  private static TestTopic takenBackTwice(TableId table) {
    TestTopic topic = goneAfterTwoSnapshots(table);
    topic.ddl(begin(table, 200, TestDdl.keyed("a")));
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
    try (TaskDriver task = again.mergingDriverWithColumns()) {
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
    try (TaskDriver task = again.mergingDriverWithColumns()) {
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

  @Test
  void aRepeatedDropWaitsUntilAllPartitionsOfItsTableHaveComeToIt() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic first = new TestTopic(table, TestDdl.keyed());
    TestTopic second = new TestTopic(table, TestDdl.keyed(), 1);
    for (TestTopic topic : List.of(first, second)) {
      topic.ddl(beginIn(2, table, 4, TestDdl.keyed()));
      topic.ddl(takeBackIn(2, table, "4:1", TestDdl.keyed()));
      topic.ddl(beginIn(2, table, 100, TestDdl.keyed()));
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
}
