package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.route.Route;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.write.FencedException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tasks that remove a former snapshot's rows while another one takes their partition over. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class FormerSnapshotsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SCHEMA = "sink_former_snapshots";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final TopicPartition PARTITION = new TopicPartition("src." + T, 0);
  private static final List<Route.AddedColumn> SHARD = List.of(new Route.AddedColumn("tab", "a"));

  private final Bookkeeping target = new Bookkeeping(SCHEMA);
  private final DevTiDb tidb = target.tidb();
  private final FormerSnapshots former = target.formerSnapshots(target.pool());
  private long epoch;

  @BeforeEach
  void takeThePartitionOfATableWithARow() {
    tidb.run(
        "CREATE TABLE " + T + " (id INT PRIMARY KEY, tab VARCHAR(9))",
        "INSERT INTO " + T + " VALUES (1, 'a')");
    epoch = target.takeOver(PARTITION);
  }

  @AfterEach
  void close() {
    target.close();
  }

  private DdlWork beginsAgain() {
    DdlEvent event =
        new TestDdl("again", DdlKind.CREATE_TABLE, T, "CREATE TABLE t (id INT PRIMARY KEY)")
            .schemas(null, TestDdl.unnamed())
            .snapshot()
            .event();
    return new DdlWork(PARTITION, epoch, 7, RecordMark.UNKNOWN, "src", event);
  }

  private static DdlPlan plan(DdlWork work, List<Route.AddedColumn> shard) {
    return new DdlPlan(
        work.event(), T, null, List.of(), null, null, List.of(), !shard.isEmpty(), false, shard);
  }

  @Test
  void aTaskThatLostItsPartitionDoesNotEmptyTheTableThatItsSuccessorWrites() {
    DdlWork work = beginsAgain();
    long unused = target.takeOver(PARTITION);

    assertThatThrownBy(() -> former.remove(work, plan(work, List.of()), false))
        .isInstanceOf(FencedException.class);
    assertThat(tidb.query("SELECT id FROM " + T)).containsExactly("1");
  }

  @Test
  void aTaskThatFallsAsleepBeforeItEmptiesTheTableDoesNotDoSoBehindItsSuccessor() throws Exception {
    DdlWork work = beginsAgain();
    CompletableFuture<String> asleep;
    try (TargetPool narrow = target.pool(1)) {
      FormerSnapshots slow = target.formerSnapshots(narrow);
      try (Connection taken = narrow.connection()) {
        asleep =
            CompletableFuture.supplyAsync(() -> slow.remove(work, plan(work, List.of()), false));
        Await.until(
            "the truncation to be entered",
            LIMIT,
            () -> !tidb.query("SELECT state FROM " + target.tables().ledger()).isEmpty());
        epoch = target.takeOver(PARTITION);
        DdlWork again = beginsAgain();
        assertThat(former.remove(again, plan(again, List.of()), false)).contains("was emptied");
        tidb.run("INSERT INTO " + T + " VALUES (2, 'a')");
        taken.rollback();
      }

      assertThatThrownBy(asleep::get).hasCauseInstanceOf(FencedException.class);
    }

    assertThat(tidb.query("SELECT id FROM " + T)).containsExactly("2");
  }

  @Test
  void aTaskThatDeletesAShardsRowsIsWaitedForByItsSuccessor() throws Exception {
    DdlWork work = beginsAgain();
    CompletableFuture<String> deletion;
    CompletableFuture<Void> successor;
    try (Connection connection = target.pool().connection();
        Statement holder = connection.createStatement()) {
      holder.execute("BEGIN PESSIMISTIC");
      holder.executeUpdate("UPDATE " + T + " SET id = 3 WHERE id = 1");
      deletion = CompletableFuture.supplyAsync(() -> former.remove(work, plan(work, SHARD), true));
      Await.until("the deletion to wait for the row", LIMIT, () -> waiting() == 1);
      successor =
          CompletableFuture.runAsync(
              () -> {
                long unused = target.takeOver(PARTITION);
                tidb.run("INSERT INTO " + T + " VALUES (2, 'a')");
              });
      Await.until(
          "the successor to wait or to be done", LIMIT, () -> waiting() == 2 || successor.isDone());
      connection.commit();
    }

    assertThat(deletion.get()).contains("the table's rows were deleted");
    successor.get();
    assertThat(tidb.query("SELECT id FROM " + T)).containsExactly("2");
  }

  @Test
  void theRowsOfAShardWhoseNameDiffersInLetterCaseOnlyStay() {
    tidb.run(
        "DROP TABLE " + T,
        "CREATE TABLE "
            + T
            + " (id INT PRIMARY KEY, tab VARCHAR(9) COLLATE utf8mb4_general_ci, KEY (tab))",
        "INSERT INTO " + T + " VALUES (1, 'a'), (2, 'A'), (3, 'b')");

    DdlWork work = beginsAgain();
    assertThat(former.remove(work, plan(work, SHARD), true)).contains("rows were deleted");
    assertThat(tidb.query("SELECT id FROM " + T + " ORDER BY id")).containsExactly("2", "3");
  }

  @Test
  void theRowsOfAShardAreFoundWhateverTheCharsetOfTheColumnThatTellsThem() {
    for (String type :
        List.of("VARCHAR(9) CHARSET gbk", "VARCHAR(9) CHARSET latin1", "VARBINARY(9)", "CHAR(9)")) {
      tidb.run(
          "DROP TABLE " + T,
          "CREATE TABLE " + T + " (id INT PRIMARY KEY, tab " + type + ")",
          "INSERT INTO " + T + " VALUES (1, 'a'), (2, 'A')");

      DdlWork work = beginsAgain();
      String unused = former.remove(work, plan(work, SHARD), true);
      assertThat(tidb.query("SELECT id FROM " + T)).as(type).containsExactly("2");
    }
  }

  @Test
  void theRowsOfAShardAreLookedUpInAnIndex() {
    tidb.run(
        "DROP TABLE " + T,
        "CREATE TABLE " + T + " (id INT PRIMARY KEY, tab VARCHAR(9), KEY by_tab (tab))");

    assertThat(
            tidb.query(
                "EXPLAIN SELECT * FROM "
                    + T
                    + " USE INDEX (by_tab) WHERE "
                    + ShardRows.isValue(SHARD.get(0)).replace("?", "'a'")))
        .anyMatch(line -> line.contains("IndexRangeScan"));
  }

  private long waiting() {
    return Long.parseLong(
        tidb.query("SELECT COUNT(*) FROM information_schema.data_lock_waits").get(0));
  }
}
