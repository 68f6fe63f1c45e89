package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.ddl.LedgerEntry.State;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.progress.JdbcProgressStore;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.testing.DevTiDb;
import io.dmconnect.sink.testing.SnapshotDdl;
import io.dmconnect.sink.testing.TestDdl;
import io.dmconnect.sink.testing.TestTopic;
import io.dmconnect.sink.write.FencedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Partitions that wait at schema changes, of which a killed source sent some to a part of them. */
@EnabledIfSystemProperty(named = DevTiDb.PROPERTY, matches = ".+")
class ArrivalsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SCHEMA = "sink_arrivals";
  private static final TableId T = new TableId(SCHEMA, "t");
  private static final TopicPartition FIRST = new TopicPartition(TestTopic.name(T), 0);
  private static final TopicPartition SECOND = new TopicPartition(TestTopic.name(T), 1);
  private static final TopicPartition OTHER = new TopicPartition("src.other", 0);
  private static final Set<String> BOTH = Set.of(FIRST.toString(), SECOND.toString());
  private static final DdlEvent CUT_OFF = begin(4);
  private static final DdlEvent NEXT = begin(100);

  private final Bookkeeping target = new Bookkeeping(SCHEMA);
  private final DevTiDb tidb = target.tidb();
  private final MetaTables tables = target.tables();
  private final Arrivals arrivals = target.arrivals();
  private final Map<TopicPartition, Long> epochs = new HashMap<>();

  @BeforeEach
  void takeThePartitions() {
    List.of(FIRST, SECOND, OTHER).forEach(this::takeOver);
  }

  @AfterEach
  void close() {
    target.close();
  }

  private static DdlEvent begin(int position) {
    return SnapshotDdl.beginIn(2, T, position, TestDdl.keyed());
  }

  private void takeOver(TopicPartition partition) {
    epochs.put(partition, target.takeOver(partition));
  }

  private DdlWork work(TopicPartition partition, long offset, DdlEvent event) {
    return new DdlWork(partition, epochs.get(partition), offset, RecordMark.UNKNOWN, "src", event);
  }

  private void waitsAt(TopicPartition partition, DdlEvent event) {
    arrivals.add(work(partition, 0, event));
  }

  private void enter(DdlEvent event, String state) {
    tidb.run(
        "INSERT INTO "
            + tables.ledger()
            + " (connector, ddl_id, state) VALUES ('"
            + Bookkeeping.CONNECTOR
            + "', '"
            + LedgerKey.of(event.id())
            + "', '"
            + state
            + "')");
  }

  private boolean areComplete(Set<String> participants) {
    return arrivals.areComplete(CUT_OFF.id(), FIRST.toString(), participants);
  }

  @Test
  void aPartitionThatHasNotComeToTheChangeIsAwaited() {
    waitsAt(FIRST, CUT_OFF);
    assertThat(areComplete(BOTH)).isFalse();

    waitsAt(SECOND, CUT_OFF);
    assertThat(areComplete(BOTH)).isTrue();
  }

  @Test
  void aPartitionThatWaitsAtALaterChangeIsNotAwaited() {
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, NEXT);
    assertThat(areComplete(BOTH)).isTrue();

    enter(NEXT, State.STARTED.text());
    assertThat(areComplete(BOTH)).isTrue();
  }

  @Test
  void aPartitionThatWaitsAtALaterChangeWithALongIdIsNotAwaited() {
    TableId table = new TableId(SCHEMA, "ü".repeat(64));
    DdlEvent next = SnapshotDdl.beginIn(2, table, 100, TestDdl.keyed());
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, next);
    assertThat(areComplete(BOTH)).isTrue();

    enter(next, State.DONE.text());
    assertThat(areComplete(BOTH)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"DONE", "SKIPPED"})
  void aPartitionThatCameToAChangeWhichIsOverIsAwaited(State over) {
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, NEXT);
    enter(NEXT, over.text());

    assertThat(areComplete(BOTH)).isFalse();
  }

  @Test
  void aPartitionOfAnotherTopicIsAwaitedWhereverItWaits() {
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, NEXT);
    waitsAt(OTHER, NEXT);

    assertThat(areComplete(Set.of(FIRST.toString(), OTHER.toString()))).isFalse();
    assertThat(areComplete(Set.of(FIRST.toString(), SECOND.toString(), OTHER.toString())))
        .isFalse();
  }

  @Test
  void whatAnotherConnectorsPartitionsWaitForDoesNotCount() {
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, NEXT);
    tidb.run(
        "UPDATE "
            + tables.arrivals()
            + " SET connector = 'd' WHERE participant = '"
            + SECOND
            + "'");

    assertThat(areComplete(BOTH)).isFalse();
  }

  @Test
  void aPartitionThatIsTakenOverHasArrivedNowhere() {
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, CUT_OFF);
    waitsAt(SECOND, NEXT);
    takeOver(SECOND);

    assertThat(tidb.query("SELECT participant FROM " + tables.arrivals()))
        .containsExactly(FIRST.toString());
  }

  @Test
  void aPartitionWhoseOffsetsAnOperatorAltersHasArrivedNowhere() {
    JdbcProgressStore store = target.progress();
    waitsAt(FIRST, CUT_OFF);
    waitsAt(SECOND, NEXT);
    store.alter(Map.of(FIRST, 0L), 1);
    assertThat(tidb.query("SELECT participant FROM " + tables.arrivals()))
        .containsExactly(SECOND.toString());

    Map<TopicPartition, Long> forgotten = new HashMap<>();
    forgotten.put(SECOND, null);
    store.alter(forgotten, 1);
    assertThat(tidb.query("SELECT participant FROM " + tables.arrivals())).isEmpty();
  }

  @Test
  void aTaskThatLostItsPartitionDoesNotArrive() {
    DdlWork late = work(SECOND, 0, NEXT);
    takeOver(SECOND);

    assertThatThrownBy(() -> arrivals.add(late)).isInstanceOf(FencedException.class);
    assertThat(tidb.query("SELECT * FROM " + tables.arrivals())).isEmpty();
  }

  @Test
  void aMergedTablesChangeThatIsInItsFirstPartitionOnlyIsAskedAboutAndTheNextOneIs() {
    ShardGate gate =
        new ShardGate() {
          @Override
          public boolean isOn() {
            return true;
          }

          @Override
          public boolean isGrouped(String source, TableId table) {
            return true;
          }

          @Override
          public CompletableFuture<String> pass(DdlWork work, boolean inDoubt) {
            return CompletableFuture.completedFuture("allowed");
          }

          @Override
          public void renamed(DdlWork work) {}
        };
    try (DdlExecutors executors = target.executors();
        DdlExecutor executor = executors.executor(new Router(List.of()), topic -> true, gate)) {
      CompletableFuture<Set<TableId>> second = executor.start(work(SECOND, 0, NEXT));
      assertThat(executor.start(work(FIRST, 0, CUT_OFF))).succeedsWithin(Await.scaled(LIMIT));
      assertThat(second).isNotDone();

      assertThat(executor.start(work(FIRST, 1, NEXT))).succeedsWithin(Await.scaled(LIMIT));
      assertThat(second).succeedsWithin(Await.scaled(LIMIT));
    }

    assertThat(tidb.query("SELECT state, note FROM " + tables.ledger()))
        .containsExactly("done,allowed", "done,allowed");
  }
}
