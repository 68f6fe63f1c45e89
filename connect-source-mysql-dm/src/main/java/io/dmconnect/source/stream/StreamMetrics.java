package io.dmconnect.source.stream;

import io.dmconnect.source.position.BinlogPosition;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the stream; written by the reading thread, read by anyone. */
public final class StreamMetrics {
  private final LongAdder rows = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder schemaChanges = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long lastEventSeconds;
  private volatile BinlogPosition position;

  void event(long timestampSeconds, int length) {
    bytes.add(length);
    if (timestampSeconds > 0) {
      lastEventSeconds = timestampSeconds;
    }
  }

  void rows(long count) {
    rows.add(count);
  }

  void transaction(BinlogPosition end) {
    transactions.increment();
    position = end;
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

  /** The end of the last transaction read since the start; null before the first. */
  public BinlogPosition position() {
    return position;
  }

  /** When the last event read was made, seconds since the epoch; 0 before the first. */
  public long lastEventSeconds() {
    return lastEventSeconds;
  }
}
