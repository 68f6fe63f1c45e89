package io.dmconnect.sink.engine;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was written. Thread-safe. */
public final class WriteMetrics {
  private final LongAdder rows = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void written(long moreRows, long tookNanos) {
    rows.add(moreRows);
    transactions.increment();
    nanos.add(tookNanos);
  }

  /** Row changes that are durable. */
  public long rows() {
    return rows.sum();
  }

  /** Transactions committed. */
  public long transactions() {
    return transactions.sum();
  }

  /** Time spent in transactions of all writers, nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }
}
