package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.snapshot.SnapshotContext;
import io.dmconnect.source.snapshot.SnapshotRunner;
import io.dmconnect.source.stream.TableSnapshots;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables while the stream waits, and knows which offsets of read tables are committed. What
 * the offset of a table says that is read again is not true any more: the stream, whose own offset
 * says that the table was read again, goes on when the new one is committed. A crash between the
 * two commits would lose what was read. Belongs to the engine's thread.
 */
final class CommittedSnapshots implements TableSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(CommittedSnapshots.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int LOOKS_BEFORE_CARRIER = 5;
  private static final int MOST_LOOKS = 300;
  private static final int MOST_COMMITS = 20;
  private static final long CARRIER_BYTES = 1024;
  private static final Schema TEXT = Schema.STRING_SCHEMA;

  private final SnapshotContext snapshot;
  private final SourcePartitions partitions;
  private final OffsetReader committed;
  private final UncommittedVersions commits;
  private final RecordQueue queue;
  private final String heartbeats;
  private final boolean transactional;
  private final Map<TableId, SnapshotOffset> pending = new HashMap<>();
  private long lastCount = -1;
  private long looks;
  private boolean streamed;

  /**
   * A reader of tables.
   *
   * @param snapshot reads them
   * @param partitions names the offsets
   * @param committed the committed offsets
   * @param commits tells of commits
   * @param queue takes records
   * @param heartbeats the topic of records that only carry offsets
   * @param transactional whether records and offsets are written in one transaction, in order
   */
  CommittedSnapshots(
      SnapshotContext snapshot,
      SourcePartitions partitions,
      OffsetReader committed,
      UncommittedVersions commits,
      RecordQueue queue,
      String heartbeats,
      boolean transactional) {
    this.snapshot = snapshot;
    this.partitions = partitions;
    this.committed = committed;
    this.commits = commits;
    this.queue = queue;
    this.heartbeats = heartbeats;
    this.transactional = transactional;
  }

  @Override
  public SnapshotOffset read(TableId table, SnapshotOffset before) throws InterruptedException {
    SnapshotOffset taken = SnapshotRunner.dump(snapshot, table, before);
    taken(Map.of(table, taken));
    if (before != null && pending.containsKey(table)) {
      LOG.info("Streaming goes on when the offset of {}, read again, is committed", table);
      await(() -> !pending.containsKey(table));
    }
    return taken;
  }

  /** Tables were read; to be called before the stream goes on. */
  void taken(Map<TableId, SnapshotOffset> tables) {
    if (!transactional) {
      // as the offset is when it is read
      tables.forEach((table, offset) -> pending.put(table, SnapshotOffset.read(offset.toMap())));
      lastCount = -1;
    }
  }

  @Override
  public boolean areCommitted() throws InterruptedException {
    if (pending.isEmpty()) {
      return true;
    }
    long count = commits.count();
    if (count != lastCount) {
      lastCount = count;
      removeCommitted();
      if (++looks % LOOKS_BEFORE_CARRIER == 0) {
        carry();
      }
    }
    return pending.isEmpty();
  }

  @Override
  public void awaitCommitted(StreamOffset stream) throws InterruptedException {
    if (transactional || (areCommitted() && hasStreamed())) {
      return;
    }
    LOG.info("Streaming goes on when the offsets so far are committed");
    hand(
        new SourceRecord(partitions.stream(), stream, heartbeats, 0, null, null, TEXT, "position"));
    long lastLook = looks + MOST_LOOKS;
    long lastCommit = commits.count() + MOST_COMMITS;
    BooleanSupplier late = () -> looks > lastLook && commits.count() > lastCommit;
    await(() -> (pending.isEmpty() && hasStreamed()) || late.getAsBoolean());
    if (late.getAsBoolean()) {
      LOG.warn("Offsets are not committed: does a transformation drop the topic {}?", heartbeats);
    }
  }

  private boolean hasStreamed() {
    streamed = streamed || committed.read(partitions.stream()) != null;
    return streamed;
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    removeCommitted();
    while (!condition.getAsBoolean()) {
      commits.awaitCommit(LOOK_AGAIN);
      removeCommitted();
      if (++looks % LOOKS_BEFORE_CARRIER == 0) {
        carry();
      }
    }
  }

  private void removeCommitted() {
    if (pending.isEmpty()) {
      return;
    }
    Map<Map<String, String>, Map<String, Object>> found =
        committed.readAll(pending.keySet().stream().map(partitions::snapshot).toList());
    pending
        .entrySet()
        .removeIf(
            entry ->
                entry
                    .getValue()
                    .equals(SnapshotOffset.read(found.get(partitions.snapshot(entry.getKey())))));
  }

  /** A worker may commit only behind a record, and not the offset of one that a filter took. */
  private void carry() throws InterruptedException {
    for (Map.Entry<TableId, SnapshotOffset> entry : pending.entrySet()) {
      TableId table = entry.getKey();
      hand(
          new SourceRecord(
              partitions.snapshot(table),
              entry.getValue().toMap(),
              heartbeats,
              0,
              null,
              null,
              TEXT,
              "snapshot of " + table));
    }
  }

  private void hand(SourceRecord record) throws InterruptedException {
    queue.put(new RecordBatch(List.of(record), CARRIER_BYTES, true));
  }
}
