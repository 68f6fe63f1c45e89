package io.dmconnect.sink;

import static io.dmconnect.sink.ReadAgain.LEDGER;
import static io.dmconnect.sink.ReadAgain.MERGED;
import static io.dmconnect.sink.ReadAgain.SCHEMA;
import static io.dmconnect.sink.ReadAgain.SHARD;
import static io.dmconnect.sink.ReadAgain.deliver;
import static io.dmconnect.sink.ReadAgain.driver;
import static io.dmconnect.sink.ReadAgain.driverWithColumns;
import static io.dmconnect.sink.testing.SnapshotDdl.begin;
import static io.dmconnect.sink.testing.SnapshotDdl.beginIn;
import static io.dmconnect.sink.testing.SnapshotDdl.begun;
import static io.dmconnect.sink.testing.SnapshotDdl.takeBack;
import static io.dmconnect.sink.testing.SnapshotDdl.takeBackAgain;
import static io.dmconnect.sink.testing.SnapshotDdl.takeBackIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TaskDriver;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Snapshots that begin again, and records of theirs that are read once more. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class SnapshotAgainIT {
  private final DevTiDb tidb = new DevTiDb();
  private final ReadAgain again = new ReadAgain(tidb);

  @BeforeEach
  @AfterEach
  void dropSchemas() {
    again.dropSchemas();
  }

  @Test
  void aTableOfWhichOnlyAnotherPartitionHasRowsIsEmptiedForASnapshotThatBeginsAgain() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic first = new TestTopic(table, TestDdl.keyed());
    TestTopic second = new TestTopic(table, TestDdl.keyed(), 1);
    first.ddl(beginIn(2, table, 4, TestDdl.keyed()));
    second.ddl(beginIn(2, table, 4, TestDdl.keyed()));
    second.read(1, "deleted upstream meanwhile");
    deliver(driver(), first, second);
    first.ddl(beginIn(2, table, 100, TestDdl.keyed()));
    second.ddl(beginIn(2, table, 100, TestDdl.keyed()));
    second.read(2, "b");
    deliver(driver(), first, second);

    assertThat(tidb.query("SELECT id FROM " + table)).containsExactly("2");
  }

  @Test
  void rowsBehindADropThatIsSentOnceMoreAreRemovedByTheDropBehindIt() {
    TableId table = new TableId(SCHEMA, "t");
    TestTopic first = new TestTopic(table, TestDdl.keyed());
    TestTopic second = new TestTopic(table, TestDdl.keyed(), 1);
    List<TestTopic> topics = List.of(first, second);
    topics.forEach(topic -> topic.ddl(beginIn(2, table, 4, TestDdl.keyed())));
    topics.forEach(topic -> topic.ddl(takeBackIn(2, table, "4:1", TestDdl.keyed())));
    topics.forEach(topic -> topic.ddl(beginIn(2, table, 100, TestDdl.keyed())));
    second.read(1, "deleted upstream meanwhile");
    deliver(driver(), first, second);
    topics.forEach(topic -> topic.ddl(takeBackIn(2, table, "4:1", TestDdl.keyed())));
    topics.forEach(topic -> topic.ddl(takeBackIn(2, table, "4:2", TestDdl.keyed())));
    topics.forEach(topic -> topic.ddl(beginIn(2, table, 200, TestDdl.keyed())));
    second.read(2, "b");
    deliver(driver(), first, second);

    assertThat(tidb.query("SELECT id FROM " + table)).containsExactly("2");
  }

  /** Two snapshots, the first of which was taken back; it ends with a row of the second one. */
  private static TestTopic readTwice(TableId table) {
    TestTopic topic = begun(table);
    topic.read(1, "a");
    topic.ddl(takeBack(table, 4, TestDdl.keyed()));
    topic.ddl(begin(table, 100, TestDdl.keyed("a")));
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
    again.mergedWithColumns();
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
    again.mergedWithColumns();
    TestTopic topic = begun(SHARD);
    topic.read(1, "a");
    topic.ddl(takeBack(SHARD, 4, TestDdl.keyed()));
    topic.ddl(begin(SHARD, 100, TestDdl.keyed()));
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
    topic.ddl(begin(table, 100, TestDdl.keyed()));
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
