package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.snapshot.SnapshotContext;
import io.dmconnect.source.snapshot.SnapshotRunner;
import io.dmconnect.source.stream.TableSnapshots;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables while the stream waits. One that was in its topic before is read again, and what its
 * offset says until then is not true any more: the stream, whose own offset says that the table was
 * read again, goes on when the new one is committed. A crash between the two commits would lose
 * what was read.
 */
final class CommittedSnapshots implements TableSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(CommittedSnapshots.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final SnapshotContext snapshot;
  private final SourcePartitions partitions;
  private final OffsetReader committed;
  private final UncommittedVersions commits;
  private final boolean transactional;

  /**
   * A reader of tables.
   *
   * @param snapshot reads them
   * @param partitions names the offsets
   * @param committed the committed offsets
   * @param commits tells of commits
   * @param transactional whether records and offsets are written in one transaction, in order
   */
  CommittedSnapshots(
      SnapshotContext snapshot,
      SourcePartitions partitions,
      OffsetReader committed,
      UncommittedVersions commits,
      boolean transactional) {
    this.snapshot = snapshot;
    this.partitions = partitions;
    this.committed = committed;
    this.commits = commits;
    this.transactional = transactional;
  }

  @Override
  public SnapshotOffset read(TableId table, SnapshotOffset before) throws InterruptedException {
    SnapshotOffset taken = SnapshotRunner.dump(snapshot, table, before);
    if (before != null && !transactional) {
      awaitCommit(table, taken);
    }
    return taken;
  }

  private void awaitCommit(TableId table, SnapshotOffset taken) throws InterruptedException {
    LOG.info("Streaming goes on when the offset of {}, which was read again, is committed", table);
    while (!taken.equals(SnapshotOffset.read(committed.read(partitions.snapshot(table))))) {
      commits.awaitCommit(LOOK_AGAIN);
    }
  }
}
