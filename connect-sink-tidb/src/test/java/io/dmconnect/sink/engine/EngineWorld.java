package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.write.BatchTarget;
import io.dmconnect.sink.write.SlotWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * An engine between a log of records and a fake target. The log's records are integers: a positive
 * one is a row of that key, 0 a schema change, a negative one a row that the test may refuse. Every
 * commit waits until the test lets it happen.
 */
final class EngineWorld implements TaskControl, RecordDecoder, AutoCloseable {
  static final TopicPartition PARTITION = new TopicPartition("src.db.t", 0);
  private static final int BATCH = 7;

  private final FakeTiDb tidb;
  private final List<Integer> log;
  private final boolean keyless;
  private final Semaphore commits = new Semaphore(0);
  private final Map<TopicPartition, Long> position = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final List<CompletableFuture<Set<TableId>>> changes = new ArrayList<>();
  private final List<DdlRunner.DdlWork> works = new ArrayList<>();
  private final int writers;
  private final AtomicLong clock = new AtomicLong(1);
  private final SinkEngine engine;
  private boolean refusing;

  EngineWorld(FakeTiDb tidb, List<Integer> log, boolean keyless, int writers) {
    this.tidb = tidb;
    this.log = log;
    this.keyless = keyless;
    this.writers = writers;
    EngineSettings settings =
        new EngineSettings(writers, 4, 1_000, 0, 20, 100_000, false, true, true);
    this.engine =
        new EngineFactory(settings, null, PartitionListener.NONE)
            .create(
                this, tidb, writer -> target(), this::start, this, EngineWorld::thread, clock::get);
    engine.open(List.of(PARTITION));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private BatchTarget target() {
    return new BatchTarget() {
      @Override
      public void apply(List<SlotWrite> writes) throws InterruptedException {
        commits.acquire();
        tidb.commit(writes);
      }

      @Override
      public void applySingly(SlotWrite write, RefusedRow refused) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private CompletableFuture<Set<TableId>> start(DdlRunner.DdlWork work) {
    // The target may change any time from now on: no row before may have to be read again.
    assertThat(tidb.resumesAfter(work.partition())).isEqualTo(work.offset() - 1);
    CompletableFuture<Set<TableId>> result = new CompletableFuture<>();
    works.add(work);
    changes.add(result);
    return result;
  }

  /** Gives the engine the next records, as a worker does after each poll. */
  void poll(int max) {
    List<SinkRecord> records = new ArrayList<>();
    long from = position.getOrDefault(PARTITION, 0L);
    if (!paused.contains(PARTITION)) {
      for (long i = from; i < Math.min(log.size(), from + Math.min(max, BATCH)); i++) {
        records.add(record((int) i));
      }

      position.put(PARTITION, from + records.size());
    }

    engine.put(records);
  }

  private SinkRecord record(int offset) {
    return new SinkRecord(
        PARTITION.topic(),
        PARTITION.partition(),
        null,
        null,
        null,
        log.get(offset),
        offset,
        1_000L + offset,
        TimestampType.CREATE_TIME);
  }

  /** Lets so many transactions and one schema change happen. */
  void letHappen(int transactions) {
    commits.release(transactions);
    if (!changes.isEmpty()) {
      CompletableFuture<Set<TableId>> result = changes.remove(0);
      DdlRunner.DdlWork work = works.remove(0);
      try {
        result.complete(tidb.commit(work));
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }
  }

  /** The worker's periodic commit. */
  void commitOffsets() {
    engine.durable();
  }

  /** Whether rows of negative keys fit the target. */
  void refuse(boolean now) {
    refusing = now;
  }

  /** Lets time pass. */
  void passSeconds(long seconds) {
    clock.addAndGet(seconds * 1_000_000_000L);
  }

  /** The partitions it holds back by an error or since it lost them. */
  List<TopicPartition> failedPartitions() {
    return engine.failedPartitions();
  }

  /** Loses the partition and gets it again. */
  void rebalance() {
    engine.durable();
    engine.close(List.of(PARTITION));
    paused.clear();
    engine.open(List.of(PARTITION));
  }

  /** Gets one more partition, which has no records, and keeps the one it has. */
  void getOneMore() {
    engine.open(List.of(new TopicPartition("src.db.more", 0)));
  }

  /** Whether the partition takes no records now. */
  boolean isPaused() {
    return paused.contains(PARTITION);
  }

  /** Lets the writers write until nothing is on its way. */
  void writeAll() {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (engine.figures().queuedRows() > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not written: " + engine.figures().queuedRows() + " rows");
      }

      letHappen(100);
      Thread.onSpinWait();
    }
  }

  /** Delivers everything that is left and waits until it is durable. */
  void finish() {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!isDurable()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not durable: " + engine.durable() + " of " + log.size());
      }

      letHappen(100);
      poll(BATCH);
      Thread.onSpinWait();
    }
  }

  private boolean isDurable() {
    var offset = engine.durable().get(PARTITION);
    return log.isEmpty() || (offset != null && offset.offset() >= log.size());
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    paused.addAll(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    paused.removeAll(partitions);
  }

  @Override
  public void rewind(TopicPartition partition, long offset) {
    position.put(partition, offset);
  }

  @Override
  public void requestCommit() {}

  @Override
  public void tickWithin(long millis) {}

  @Override
  public Decoded decode(SinkRecord record, SourcePosition seen) {
    int key = (Integer) record.value();
    if (key == 0) {
      return new Decoded.Ddl(event("ddl-" + record.kafkaOffset()), "src");
    }

    if (key < 0 && refusing) {
      throw new DmException(SinkError.TARGET_SCHEMA, "The row does not fit");
    }

    SlotLayout layout = keyless ? SlotLayout.single(true) : SlotLayout.byKey(writers, "id");
    SourcePosition source =
        new SourcePosition(
            "binlog.1", record.kafkaOffset() * 10, 0, true, record.kafkaOffset(), null);
    return source.isRepeatOf(seen)
        ? Decoded.Nothing.INSTANCE
        : new Decoded.Row(null, layout, key, 10, source);
  }

  private static DdlEvent event(String id) {
    return new DdlEvent(
        id,
        DdlKind.ALTER_TABLE,
        new TableId("db", "t"),
        null,
        List.of("ALTER"),
        null,
        "",
        null,
        null,
        null,
        0,
        null,
        null,
        List.of(PARTITION.toString()),
        false);
  }

  @Override
  public RowChange idempotent(RowChange change) {
    return change;
  }

  @Override
  public String fingerprint(SinkRecord record) {
    return "record " + record.kafkaOffset();
  }

  @Override
  public Origin origin(SinkRecord record) {
    return null;
  }

  @Override
  public void targetsChanged(Set<TableId> targets) {}

  @Override
  public void partitionsTakenOver() {}

  @Override
  public void schemaChanged(SinkRecord record, DdlEvent event, Set<TableId> targets) {}

  /** Ends it without letting anything more happen, as a killed worker. */
  @Override
  public void close() {
    // Its threads wait for a commit that never comes until the next owner has taken over; then
    // they are let go on and must find themselves fenced.
    commits.release(1_000_000);
  }
}
