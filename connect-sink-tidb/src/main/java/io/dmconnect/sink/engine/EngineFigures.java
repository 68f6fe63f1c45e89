package io.dmconnect.sink.engine;

/** What an engine tells of itself. Safe for several threads. */
final class EngineFigures {
  private final WriterPool writers;
  private final Barriers barriers;
  private volatile long heldBack;
  private volatile String heldBackBy;

  EngineFigures(WriterPool writers, Barriers barriers) {
    this.writers = writers;
    this.barriers = barriers;
  }

  /** States how many partitions are held back, and an error that does so; null when none does. */
  void heldBack(long count, String by) {
    heldBack = count;
    heldBackBy = by;
  }

  WriteMetrics writes() {
    return writers.metrics();
  }

  /** Rows on their way. */
  long queuedRows() {
    return writers.backlog(false).rows() + writers.backlog(true).rows();
  }

  /** About how many bytes these hold. */
  long queuedBytes() {
    return writers.backlog(false).bytes() + writers.backlog(true).bytes();
  }

  /** When the oldest change that is not durable was committed upstream; 0 when there is none. */
  long oldestPendingMillis() {
    return writers.oldestPendingMillis();
  }

  /** How many schema changes were carried out. */
  long schemaChanges() {
    return barriers.carriedOutCount();
  }

  /** How many partitions wait or are held back by an error. */
  long heldBack() {
    return heldBack;
  }

  /** The error that holds a partition back; null when none does. */
  String heldBackBy() {
    return heldBackBy;
  }
}
