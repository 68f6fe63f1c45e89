package io.dmconnect.source.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommittedSnapshotsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MOST_LOOKS = 300;
  private static final int MOST_COMMITS = 20;
  private static final int LOOKS_BEFORE_CARRIER = 5;
  private static final SourcePartitions PARTITIONS = new SourcePartitions("s");
  private static final String HEARTBEATS = "beats";
  private static final TableId TABLE = new TableId("d", "t");
  private static final Map<String, String> OF_TABLE = PARTITIONS.snapshot(TABLE);
  private static final Map<String, String> OF_STREAM = PARTITIONS.stream();
  private static final StreamOffset STREAMED = StreamOffset.at(position(300));
  private static final SnapshotOffset DUMPED = dump(100);

  private final Map<Map<String, String>, Map<String, Object>> committed = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final UncommittedVersions commits = new UncommittedVersions(true, RecentVersions.NONE);
  private final RecordQueue queue = new RecordQueue(1 << 24, 10_000);
  private final CommittedSnapshots snapshots = snapshots(false);

  private static BinlogPosition position(long offset) {
    return new BinlogPosition("binlog.000001", offset, null);
  }

  private static SnapshotOffset dump(long from) {
    return SnapshotOffset.start(position(from), "{}").done(position(from + 50));
  }

  /** Nothing is read here, so that no context of dumps is needed. */
  private CommittedSnapshots snapshots(boolean transactional) {
    return new CommittedSnapshots(
        null, PARTITIONS, this::committed, commits, queue, HEARTBEATS, transactional);
  }

  private Map<String, Object> committed(Map<String, String> partition) {
    if (partition.equals(OF_TABLE)) {
      looks.incrementAndGet();
    }
    return committed.get(partition);
  }

  @AfterEach
  void endWaiting() {
    commits.close();
  }

  private CompletableFuture<Void> rename(CommittedSnapshots waiting) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            waiting.awaitCommitted(STREAMED);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task, "stream").start());
  }

  private List<SourceRecord> handedOver() throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    for (RecordBatch batch : queue.take(Duration.ZERO)) {
      records.addAll(batch.records());
    }
    return records;
  }

  private void commit(SourceRecord record) {
    committed.put(partition(record), Map.copyOf(record.sourceOffset()));
    commits.committed();
  }

  private static Map<String, String> partition(SourceRecord record) {
    return record.sourcePartition().equals(OF_STREAM) ? OF_STREAM : OF_TABLE;
  }

  /** A commit of other offsets, and the stream's next look at what is committed. */
  private boolean areCommittedAfterAnotherCommit() throws InterruptedException {
    commits.committed();
    return snapshots.areCommitted();
  }

  /** Commits again and again what its transformation does not take from the records. */
  private final class Worker implements AutoCloseable {
    private final Thread thread;
    private final Predicate<SourceRecord> keeps;
    private volatile boolean stopped;

    Worker(Predicate<SourceRecord> keeps) {
      this.keeps = keeps;
      thread = new Thread(this::work, "worker");
      thread.start();
    }

    private void work() {
      try {
        while (!stopped) {
          for (RecordBatch batch : queue.take(Duration.ofMillis(1))) {
            batch.records().stream().filter(keeps).forEach(CommittedSnapshotsTest.this::commit);
          }
          commits.committed();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      thread.join();
    }
  }

  @Test
  void aRenameDoesNotWaitForWhatIsCommitted() throws Exception {
    committed.put(OF_STREAM, STREAMED);
    committed.put(OF_TABLE, DUMPED.toMap());
    snapshots.taken(Map.of(TABLE, DUMPED));

    assertThat(rename(snapshots)).succeedsWithin(Await.scaled(LIMIT));
    assertThat(handedOver()).isEmpty();
    assertThat(commits.count()).isZero();
  }

  @Test
  void aRenameGoesOnAtTheFirstLookBehindTheCommitOfTheDumpsOffset() throws Exception {
    committed.put(OF_STREAM, STREAMED);
    snapshots.taken(Map.of(TABLE, DUMPED));
    CompletableFuture<Void> rename = rename(snapshots);
    for (int commit = 1; commit <= 3; commit++) {
      int before = looks.get();
      commits.committed();
      Await.until("a look", LIMIT, () -> looks.get() > before);
    }
    assertThat(rename).isNotDone();

    committed.put(OF_TABLE, DUMPED.toMap());
    int before = looks.get();
    commits.committed();

    assertThat(rename).succeedsWithin(Await.scaled(LIMIT));
    assertThat(looks.get() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void aRenameWaitsForTheFirstOffsetOfTheStreamWhichItHandsOver() throws Exception {
    CompletableFuture<Void> rename = rename(snapshots);
    List<SourceRecord> records = new ArrayList<>();
    Await.until("a record", LIMIT, () -> records.addAll(handedOver()));

    assertThat(records).singleElement().matches(r -> r.topic().equals(HEARTBEATS));
    assertThat(records.get(0).sourcePartition()).isEqualTo(OF_STREAM);
    assertThat(records.get(0).sourceOffset()).isEqualTo(STREAMED);
    assertThat(rename).isNotDone();

    commit(records.get(0));
    assertThat(rename).succeedsWithin(Await.scaled(LIMIT));
  }

  @Test
  void aRenameIsNotHeldForEverByATransformationThatDropsTheHeartbeats() throws Exception {
    snapshots.taken(Map.of(TABLE, DUMPED));
    try (Worker worker = new Worker(record -> !record.topic().equals(HEARTBEATS))) {
      assertThat(rename(snapshots)).succeedsWithin(Await.scaled(LIMIT));
    }

    assertThat(looks).hasValueGreaterThan(MOST_LOOKS);
    assertThat(commits.count()).isGreaterThan(MOST_COMMITS);
    assertThat(committed).isEmpty();
    assertThat(snapshots.areCommitted()).isFalse();
  }

  @Test
  void aRenameGoesOnBehindTheCarrierWhenTheDumpsEndWasFiltered() throws Exception {
    snapshots.taken(Map.of(TABLE, DUMPED));
    try (Worker worker = new Worker(record -> true)) {
      assertThat(rename(snapshots)).succeedsWithin(Await.scaled(LIMIT));
    }

    assertThat(looks).hasValueLessThan(MOST_LOOKS);
    assertThat(committed).containsEntry(OF_TABLE, DUMPED.toMap());
    assertThat(snapshots.areCommitted()).isTrue();
  }

  @Test
  void anOffsetThatSeveralCommitsDoNotBringIsCarriedByAHeartbeat() throws Exception {
    snapshots.taken(Map.of(TABLE, DUMPED));
    for (int look = 1; look < LOOKS_BEFORE_CARRIER; look++) {
      assertThat(areCommittedAfterAnotherCommit()).isFalse();
    }
    assertThat(handedOver()).isEmpty();

    assertThat(areCommittedAfterAnotherCommit()).isFalse();
    List<SourceRecord> carriers = handedOver();
    assertThat(carriers).singleElement().matches(r -> r.topic().equals(HEARTBEATS));
    assertThat(carriers.get(0).sourcePartition()).isEqualTo(OF_TABLE);
    assertThat(carriers.get(0).sourceOffset()).isEqualTo(DUMPED.toMap());

    commit(carriers.get(0));
    assertThat(snapshots.areCommitted()).isTrue();
  }

  @Test
  void anOffsetThatIsNeverCommittedIsCarriedAgainAndAgain() throws Exception {
    snapshots.taken(Map.of(TABLE, DUMPED));
    for (int look = 1; look <= 3 * LOOKS_BEFORE_CARRIER; look++) {
      assertThat(areCommittedAfterAnotherCommit()).isFalse();
    }

    assertThat(handedOver()).hasSize(3).allMatch(r -> r.sourcePartition().equals(OF_TABLE));
  }

  @Test
  void withoutAnotherCommitTheStreamDoesNotLookAgain() throws Exception {
    snapshots.taken(Map.of(TABLE, DUMPED));
    for (int i = 0; i < 10 * LOOKS_BEFORE_CARRIER; i++) {
      assertThat(snapshots.areCommitted()).isFalse();
    }

    assertThat(looks).hasValue(1);
    assertThat(handedOver()).isEmpty();
  }

  @Test
  void theOffsetOfAnEarlierDumpOfTheTableDoesNotCount() throws Exception {
    committed.put(OF_TABLE, dump(10).toMap());
    snapshots.taken(Map.of(TABLE, DUMPED));
    assertThat(areCommittedAfterAnotherCommit()).isFalse();

    committed.put(OF_TABLE, DUMPED.toMap());
    assertThat(areCommittedAfterAnotherCommit()).isTrue();
  }

  @Test
  void whenRecordsAndOffsetsAreOneTransactionNothingIsWaitedForOrCarried() throws Exception {
    CommittedSnapshots transactional = snapshots(true);
    transactional.taken(Map.of(TABLE, DUMPED));

    assertThat(transactional.areCommitted()).isTrue();
    assertThat(rename(transactional)).succeedsWithin(Await.scaled(LIMIT));
    assertThat(handedOver()).isEmpty();
  }
}
