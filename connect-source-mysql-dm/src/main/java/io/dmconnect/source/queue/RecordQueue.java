package io.dmconnect.source.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Batches on their way to {@code poll()}, bounded by the heap they hold. Many threads put, one
 * takes. A failure put in is thrown to the taker after everything put before it.
 */
public final class RecordQueue {
  private final long maxBytes;
  private final int maxRecords;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final ArrayDeque<RecordBatch> batches = new ArrayDeque<>();
  private long bytes;
  private RuntimeException failure;
  private boolean closed;

  /**
   * A queue.
   *
   * @param maxBytes puts block while this much is waiting; one batch always fits
   * @param maxRecords takes stop adding batches at this many records
   */
  public RecordQueue(long maxBytes, int maxRecords) {
    this.maxBytes = maxBytes;
    this.maxRecords = maxRecords;
  }

  /**
   * Adds a batch, waits while the queue is full.
   *
   * @throws InterruptedException when interrupted or the queue is closed
   */
  public void put(RecordBatch batch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && bytes > 0 && bytes + batch.bytes() > maxBytes) {
        notFull.await();
      }
      if (closed) {
        throw new InterruptedException("the task stops");
      }
      batches.add(batch);
      bytes += batch.bytes();
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream of batches with a failure; the first one counts. */
  public void fail(RuntimeException cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everyone: puts end with InterruptedException, takes return nothing. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what is there, waits when there is nothing.
   *
   * @return the batches in order; empty when nothing came in time or the queue is closed
   * @throws RuntimeException the failure put in, when everything before it was taken
   */
  public List<RecordBatch> take(Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (batches.isEmpty() && failure == null && !closed && nanos > 0) {
        nanos = notEmpty.awaitNanos(nanos);
      }
      if (batches.isEmpty() && failure != null) {
        throw failure;
      }
      List<RecordBatch> taken = drain();
      notFull.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private List<RecordBatch> drain() {
    List<RecordBatch> taken = new ArrayList<>();
    int records = 0;
    while (!closed && !batches.isEmpty() && records < maxRecords) {
      RecordBatch batch = batches.poll();
      records += batch.records().size();
      bytes -= batch.bytes();
      taken.add(batch);
    }
    return taken;
  }

  /** About how much heap the waiting batches hold. */
  public long waitingBytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
