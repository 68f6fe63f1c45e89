package io.dmconnect.sink.engine;

import io.dmconnect.sink.target.Retry;
import java.time.Clock;

/** What a task tells of itself. Safe for several threads. */
public final class SinkMetrics {
  private final WriteMetrics writes;
  private final EngineFigures engine;
  private final Retry retry;
  private final Clock clock;

  /** The metrics of a running engine. */
  public SinkMetrics(SinkEngine engine, Retry retry, Clock clock) {
    this.engine = engine.figures();
    this.writes = this.engine.writes();
    this.retry = retry;
    this.clock = clock;
  }

  /** Row changes that are durable. */
  public long rows() {
    return writes.rows();
  }

  /** Transactions committed. */
  public long transactions() {
    return writes.transactions();
  }

  /** Time spent in transactions of all writers, nanoseconds. */
  public long nanos() {
    return writes.nanos();
  }

  /** How often something was tried again. */
  public long retries() {
    return retry.retries();
  }

  /** Row changes that are not durable. */
  public long queuedRows() {
    return engine.queuedRows();
  }

  /** About how much memory these hold, bytes. */
  public long queuedBytes() {
    return engine.queuedBytes();
  }

  /** Age of the oldest change that was taken and is not durable, milliseconds. */
  public long lagMillis() {
    long oldest = engine.oldestPendingMillis();
    return oldest == 0 ? 0 : Math.max(0, clock.millis() - oldest);
  }

  /** Partitions that wait for a schema change or are held back by an error. */
  public long heldBack() {
    return engine.heldBack();
  }

  /** The error that holds a partition back; null when none does. */
  public String lastError() {
    return engine.heldBackBy();
  }

  /** Schema changes that were carried out. */
  public long schemaChanges() {
    return engine.schemaChanges();
  }
}
