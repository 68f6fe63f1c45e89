package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.write.BatchTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer threads and their queues. Chunks of one slot always go to the same writer, in order.
 * Methods are called from the task's thread.
 */
final class WriterPool {
  private static final Logger LOG = LoggerFactory.getLogger(WriterPool.class);
  private static final long STOP_MILLIS = 5_000;

  private final List<WriterQueue> queues = new ArrayList<>();
  private final List<List<Chunk>> outgoing = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Backlog backlog;
  private final WriteMetrics metrics;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Starts writers, each with a target of its own. */
  WriterPool(
      EngineSettings settings,
      ThreadFactory threadFactory,
      IntFunction<BatchTarget> targets,
      RecordErrors errors,
      WriteMetrics metrics) {
    this.metrics = metrics;
    this.backlog = new Backlog(settings.bufferRows(), settings.bufferBytes());
    for (int i = 0; i < settings.writers(); i++) {
      WriterQueue queue = new WriterQueue();
      queues.add(queue);
      outgoing.add(new ArrayList<>());
      Writer writer =
          new Writer(settings, queue, targets.apply(i), errors, backlog, failure, metrics);
      threads.add(threadFactory.newThread(writer));
    }

    threads.forEach(Thread::start);
  }

  /** Puts a chunk aside for its writer; handed over by {@link #flush()}. */
  void offer(Chunk chunk) {
    SlotState slot = chunk.slot();
    int start = slot.partition().topicPartition().hashCode() & 0x7fff_ffff;
    outgoing.get((start + slot.index()) % queues.size()).add(chunk);
    backlog.add(chunk.rows().size(), chunk.bytes());
  }

  /** Hands over what was put aside. */
  void flush() {
    for (int i = 0; i < outgoing.size(); i++) {
      List<Chunk> chunks = outgoing.get(i);
      if (!chunks.isEmpty()) {
        queues.get(i).offer(chunks);
        chunks.clear();
      }
    }
  }

  WriteMetrics metrics() {
    return metrics;
  }

  /** When the oldest row not yet durable was committed upstream; 0 when all are durable. */
  long oldestPendingMillis() {
    long oldest = 0;
    for (WriterQueue queue : queues) {
      long millis = queue.oldestMillis();
      oldest = oldest == 0 || (millis != 0 && millis < oldest) ? millis : oldest;
    }

    return oldest;
  }

  Backlog backlog() {
    return backlog;
  }

  /** Throws what made a writer give up, if any did. */
  void throwFailure() {
    Throwable cause = failure.get();
    if (cause instanceof DmException known) {
      throw new DmException(known.code(), known.problem(), known);
    }

    if (cause != null) {
      throw new DmException(SinkError.UNEXPECTED, "A writer failed: " + cause, cause);
    }
  }

  /** Stops the writers; what is queued is dropped. */
  void stop() {
    queues.forEach(WriterQueue::close);
    long deadline = System.nanoTime() + STOP_MILLIS * 1_000_000;
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
          LOG.warn("{} is interrupted: it did not end within {} ms", thread, STOP_MILLIS);
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        threads.forEach(Thread::interrupt);
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
