package io.dmconnect.source.stream;

import io.dmconnect.source.queue.TracedRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Waits until records are in their topics. Connect commits the offsets of different source
 * partitions apart: a record that lets the stream's offset pass a schema change may only be made
 * when the change's records of the tables, whose offsets are others, cannot be lost any more. Safe
 * for use by several threads.
 */
public final class Delivery {
  private final Set<SourceRecord> expected = Collections.newSetFromMap(new IdentityHashMap<>());
  private final boolean waits;
  private volatile boolean idle = true;
  private boolean closed;

  /**
   * A delivery.
   *
   * @param waits false when records and offsets are written in one transaction, so that there is
   *     nothing to wait for
   */
  public Delivery(boolean waits) {
    this.waits = waits;
  }

  /** A record is about to be handed over. */
  synchronized void expect(SourceRecord record) {
    if (waits) {
      expected.add(record);
      idle = false;
    }
  }

  /** A record is in its topic, or was filtered out; one that is traced tells its maker. */
  public void delivered(SourceRecord record) {
    if (record instanceof TracedRecord traced) {
      traced.delivered();
    }
    if (!idle) {
      take(record);
    }
  }

  private synchronized void take(SourceRecord record) {
    expected.remove(record);
    if (expected.isEmpty()) {
      idle = true;
      notifyAll();
    }
  }

  /**
   * Waits for all expected records, but not for long.
   *
   * @return whether all are in their topics
   * @throws InterruptedException when the task stops
   */
  synchronized boolean await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toMillis();
    while (!expected.isEmpty() && !closed && left > 0) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    if (!expected.isEmpty() && closed) {
      throw new InterruptedException("the task stops");
    }
    return expected.isEmpty();
  }

  /** Ends waiting. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
