package io.dmconnect.source.offset;

import io.dmconnect.model.TableId;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows which schema versions may not be committed in their tables' partitions yet. Connect writes
 * the offsets of a commit one by one, so that a worker killed in between keeps the stream's and
 * loses a table's; the stream's offset therefore states them until the table's is surely committed.
 * Safe for use by several threads.
 */
public final class UncommittedVersions {
  /** What an offset may hold: Kafka takes records up to a megabyte. */
  private static final long MAX_LENGTH = 256 << 10;

  /**
   * A commit that is running when a record is delivered need not have its offset, nor one that
   * begins before Connect takes note of the delivery.
   */
  private static final long COMMITS = 3;

  private final boolean needed;
  private final Map<String, Long> committedAfter = new HashMap<>();
  private volatile RecentVersions current;
  private long commits;
  private boolean closed;

  /**
   * The versions of a stream that begins.
   *
   * @param needed false when records and offsets are written in one transaction
   * @param start what the offset states that the stream begins at
   */
  public UncommittedVersions(boolean needed, RecentVersions start) {
    this.needed = needed;
    this.current = needed ? start : RecentVersions.NONE;
  }

  /** What the stream's next offset has to state. */
  public RecentVersions current() {
    return current;
  }

  /** A table has a new version, whose record is about to be handed over. */
  public synchronized void add(TableId table, SchemaVersion version) {
    if (needed) {
      String name = SourcePartitions.name(table);
      current = current.with(name, version);
      committedAfter.put(name, Long.MAX_VALUE);
    }
  }

  /**
   * The records of all versions so far are in their topics. Waits for commits when an offset cannot
   * state more.
   */
  public synchronized void delivered() throws InterruptedException {
    committedAfter.replaceAll((table, at) -> Math.min(at, commits + COMMITS));
    while (current.length() > MAX_LENGTH && !committedAfter.isEmpty()) {
      if (closed) {
        throw new InterruptedException("the task stops");
      }
      wait();
    }
  }

  /** Connect has committed offsets ({@code SourceTask.commit}). */
  public synchronized void committed() {
    commits++;
    committedAfter
        .entrySet()
        .removeIf(
            table -> {
              boolean sure = table.getValue() <= commits;
              if (sure) {
                current = current.without(table.getKey());
              }
              return sure;
            });
    notifyAll();
  }

  /** Ends waiting. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
