package io.dmconnect.sink.engine;

import java.util.concurrent.atomic.AtomicLong;

/** How much is on its way to the target, against what may be. Thread-safe. */
final class Backlog {
  private final long maxRows;
  private final long maxBytes;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  Backlog(long maxRows, long maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  void add(long moreRows, long moreBytes) {
    rows.addAndGet(moreRows);
    bytes.addAndGet(moreBytes);
  }

  void remove(long fewerRows, long fewerBytes) {
    rows.addAndGet(-fewerRows);
    bytes.addAndGet(-fewerBytes);
  }

  /** Whether no more records should be taken. */
  boolean isFull() {
    return rows.get() >= maxRows || bytes.get() >= maxBytes;
  }

  /** Whether records should be taken again. */
  boolean isLow() {
    return rows.get() <= maxRows / 2 && bytes.get() <= maxBytes / 2;
  }

  long rows() {
    return rows.get();
  }

  long bytes() {
    return bytes.get();
  }
}
