package io.dmconnect.sink.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Chunks waiting for one writer. An idle writer takes what there is at once; a busy one may wait a
 * little for a fuller batch. Thread-safe.
 */
final class WriterQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private long rows;
  private long firstNanos;
  private boolean closed;
  private long writingMillis;
  private long writingSince;
  private boolean writing;

  /** Hands chunks over. */
  void offer(List<Chunk> more) {
    lock.lock();
    try {
      if (chunks.isEmpty()) {
        firstNanos = System.nanoTime();
      }

      for (Chunk chunk : more) {
        chunks.add(chunk);
        rows += chunk.rows().size();
      }

      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next chunks in order, at least one, up to about so many rows and bytes.
   *
   * @param lingerNanos how long the oldest chunk may wait for the batch to fill
   * @return null once the queue is closed
   */
  List<Chunk> take(int maxRows, long maxBytes, long lingerNanos) throws InterruptedException {
    lock.lock();
    try {
      writingMillis = 0;
      writing = false;
      while (chunks.isEmpty() && !closed) {
        changed.await();
      }

      long left = firstNanos + lingerNanos - System.nanoTime();
      while (rows < maxRows && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }

      return closed ? null : drain(maxRows, maxBytes);
    } finally {
      lock.unlock();
    }
  }

  private List<Chunk> drain(int maxRows, long maxBytes) {
    List<Chunk> batch = new ArrayList<>();
    long batchRows = 0;
    long batchBytes = 0;
    while (!chunks.isEmpty() && batchRows < maxRows && batchBytes < maxBytes) {
      Chunk chunk = chunks.poll();
      batchRows += chunk.rows().size();
      batchBytes += chunk.bytes();
      batch.add(chunk);
    }

    rows -= batchRows;
    firstNanos = System.nanoTime();
    writingMillis = oldest(batch);
    writing = true;
    writingSince = firstNanos;
    return batch;
  }

  /** For how long the writer has been at what it took last; 0 when it waits for more. */
  long writingFor(long nowNanos) {
    lock.lock();
    try {
      return writing ? nowNanos - writingSince : 0;
    } finally {
      lock.unlock();
    }
  }

  /** When the oldest row that is queued or being written was committed upstream; 0 without any. */
  long oldestMillis() {
    lock.lock();
    try {
      return writingMillis != 0 ? writingMillis : oldest(chunks);
    } finally {
      lock.unlock();
    }
  }

  private static long oldest(Iterable<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      if (chunk.sourceMillis() != 0) {
        return chunk.sourceMillis();
      }
    }

    return 0;
  }

  /** Wakes the writer up for the last time; what is queued is dropped. */
  void close() {
    lock.lock();
    try {
      closed = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
