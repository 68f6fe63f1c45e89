package io.dmconnect.source.offset;

import io.dmconnect.model.TableId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
  private final Map<String, Deque<Entry>> byTable = new HashMap<>();
  private volatile RecentVersions current;
  private long commits;
  private boolean closed;

  /** A version, and the number of the commit after which it is surely committed. */
  private record Entry(SchemaVersion version, long committedAfter) {

    Entry delivered(long commits) {
      return new Entry(version, Math.min(committedAfter, commits + COMMITS));
    }
  }

  /**
   * The versions of a stream that begins.
   *
   * @param needed false when records and offsets are written in one transaction
   * @param start what the offset states that the stream begins at; its records are handed over once
   *     more, as those of new versions are
   */
  public UncommittedVersions(boolean needed, RecentVersions start) {
    this.needed = needed;
    if (needed) {
      start
          .byTable()
          .forEach(
              (table, versions) ->
                  versions.versions().forEach(version -> entries(table).add(entry(version))));
    }
    this.current = recent();
  }

  private Deque<Entry> entries(String table) {
    return byTable.computeIfAbsent(table, name -> new ArrayDeque<>());
  }

  private static Entry entry(SchemaVersion version) {
    return new Entry(version, Long.MAX_VALUE);
  }

  /** What the stream's next offset has to state. */
  public RecentVersions current() {
    return current;
  }

  /** A table has a new version, whose record is about to be handed over. */
  public synchronized void add(TableId table, SchemaVersion version) {
    if (needed) {
      Deque<Entry> entries = entries(SourcePartitions.name(table));
      entries.removeIf(entry -> entry.version().since().equals(version.since()));
      entries.add(entry(version));
      current = recent();
    }
  }

  /** The records of all versions so far are in their topics. */
  public synchronized void delivered() {
    byTable.replaceAll(
        (table, entries) ->
            entries.stream()
                .map(entry -> entry.delivered(commits))
                .collect(Collectors.toCollection(ArrayDeque::new)));
  }

  /**
   * Waits for commits, but not for long, when an offset cannot state more, or a table's could lose
   * the version that the last commit of the stream needs.
   *
   * @return whether there is room for more versions
   * @throws InterruptedException when the task stops
   */
  public synchronized boolean awaitRoom(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toMillis();
    while (mustWait() && !closed && left > 0) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    boolean room = !mustWait();
    if (!room && closed) {
      throw new InterruptedException("the task stops");
    }
    return room;
  }

  /**
   * Waits for a commit, but not for long.
   *
   * @throws InterruptedException when the task stops
   */
  public synchronized void awaitCommit(Duration atMost) throws InterruptedException {
    long before = commits;
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toMillis();
    while (commits == before && !closed && left > 0) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    if (closed) {
      throw new InterruptedException("the task stops");
    }
  }

  private boolean mustWait() {
    return current.length() > MAX_LENGTH
        || current.byTable().values().stream().anyMatch(SchemaVersions::isNearlyFull);
  }

  /** Connect has committed offsets ({@code SourceTask.commit}). */
  public synchronized void committed() {
    commits++;
    byTable.values().forEach(this::removeCommitted);
    byTable.values().removeIf(Deque::isEmpty);
    current = recent();
    notifyAll();
  }

  /** A version's own offset states those before it, too. */
  private void removeCommitted(Deque<Entry> entries) {
    int sure = 0;
    int number = 0;
    for (Entry entry : entries) {
      number++;
      sure = entry.committedAfter() <= commits ? number : sure;
    }
    for (; sure > 0; sure--) {
      entries.remove();
    }
  }

  private RecentVersions recent() {
    Map<String, SchemaVersions> versions = new HashMap<>();
    byTable.forEach(
        (table, entries) ->
            versions.put(table, new SchemaVersions(entries.stream().map(Entry::version).toList())));
    return versions.isEmpty() ? RecentVersions.NONE : new RecentVersions(versions);
  }

  /** How often Connect has committed offsets since the start. */
  public synchronized long count() {
    return commits;
  }

  /** Ends waiting. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
