package io.dmconnect.source.stream;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the stream; written by the reading thread, read by anyone. */
public final class StreamMetrics {
  private final LongAdder rows = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder schemaChanges = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long lastEventSeconds;

  void event(long timestampSeconds, int length) {
    bytes.add(length);
    if (timestampSeconds > 0) {
      lastEventSeconds = timestampSeconds;
    }
  }

  void rows(long count) {
    rows.add(count);
  }

  void transaction() {
    transactions.increment();
  }

  void schemaChange() {
    schemaChanges.increment();
  }

  /** Row changes handed over since the start. */
  public long rowCount() {
    return rows.sum();
  }

  /** Transactions read since the start. */
  public long transactionCount() {
    return transactions.sum();
  }

  /** Schema changes handed over since the start. */
  public long schemaChangeCount() {
    return schemaChanges.sum();
  }

  /** Bytes of event bodies read since the start. */
  public long byteCount() {
    return bytes.sum();
  }

  /** When the last event read was made, seconds since the epoch; 0 before the first. */
  public long lastEventSeconds() {
    return lastEventSeconds;
  }
}
