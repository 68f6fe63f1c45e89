package io.dmconnect.source.snapshot;

import io.dmconnect.source.queue.TracedRecord;
import java.time.Duration;
import org.apache.kafka.connect.source.SourceRecord;

/** Tells dumps when records of theirs are in the topics. Safe for use by several threads. */
final class Receipts {
  private boolean closed;

  /** A receipt for a record that is about to be handed over. */
  Receipt expect() {
    return new Receipt();
  }

  /** Ends waiting. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized boolean await(Receipt receipt, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toMillis();
    while (!receipt.delivered && !closed && left > 0) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    if (!receipt.delivered && closed) {
      throw new InterruptedException("the task stops");
    }
    return receipt.delivered;
  }

  private synchronized void take(Receipt receipt) {
    receipt.delivered = true;
    notifyAll();
  }

  /** Of one record. */
  final class Receipt {
    private boolean delivered;

    private Receipt() {}

    /** The record to hand over. */
    SourceRecord of(SourceRecord record) {
      return new TracedRecord(record, () -> take(this));
    }

    /**
     * Waits for the record, but not for long.
     *
     * @return whether it is in its topic
     * @throws InterruptedException when the task stops
     */
    boolean await(Duration atMost) throws InterruptedException {
      return Receipts.this.await(this, atMost);
    }
  }
}
