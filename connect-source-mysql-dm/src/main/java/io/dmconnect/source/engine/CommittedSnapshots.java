package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
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

  private final SnapshotContext snapshot;
  private final SourcePartitions partitions;
  private final OffsetReader committed;
  private final UncommittedVersions commits;
  private final RecordQueue queue;
  private final String heartbeats;
  private final boolean transactional;
  private final Map<TableId, SnapshotOffset> pending = new HashMap<>();
  private long lastCount = -1;

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
    if (before == null) {
      taken(Map.of(table, taken));
    } else if (!transactional) {
      awaitCommit(table, committedForm(taken));
    }
    return taken;
  }

  /** Tables were read whose offsets, when they have any, are not wrong. */
  void taken(Map<TableId, SnapshotOffset> tables) {
    if (!transactional) {
      tables.forEach((table, offset) -> pending.put(table, committedForm(offset)));
    }
  }

  /** As the offset is when it is read again. */
  private static SnapshotOffset committedForm(SnapshotOffset offset) {
    return SnapshotOffset.read(offset.toMap());
  }

  @Override
  public boolean areCommitted() {
    if (pending.isEmpty()) {
      return true;
    }
    long count = commits.count();
    if (count != lastCount) {
      lastCount = count;
      removeCommitted();
    }
    return pending.isEmpty();
  }

  private void removeCommitted() {
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

  private void awaitCommit(TableId table, SnapshotOffset taken) throws InterruptedException {
    LOG.info("Streaming goes on when the offset of {}, which was read again, is committed", table);
    Map<String, String> partition = partitions.snapshot(table);
    int looks = 0;
    while (!taken.equals(SnapshotOffset.read(committed.read(partition)))) {
      if (++looks % LOOKS_BEFORE_CARRIER == 0) {
        carry(table, taken);
      }
      commits.awaitCommit(LOOK_AGAIN);
    }
  }

  /** A worker may commit only behind a record, and not the offset of one that a filter took. */
  private void carry(TableId table, SnapshotOffset taken) throws InterruptedException {
    SourceRecord record =
        new SourceRecord(
            partitions.snapshot(table),
            taken.toMap(),
            heartbeats,
            0,
            null,
            null,
            Schema.STRING_SCHEMA,
            "snapshot of " + table);
    queue.put(new RecordBatch(List.of(record), 1, true));
  }
}
