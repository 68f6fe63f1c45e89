package io.dmconnect.sink.engine;

import io.dmconnect.sink.write.BatchTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some writers with their queues and a bound of their own on what is on its way. A slot's chunks
 * stay with one writer as long as any of them is on its way, so that they are written in order;
 * after that the slot may go to another one. Methods are called from the task's thread.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final EngineSettings settings;
  private final ThreadFactory threadFactory;
  private final IntFunction<BatchTarget> targets;
  private final RecordErrors errors;
  private final WriteMetrics metrics;
  private final AtomicReference<Throwable> failure;
  private final Backlog backlog;
  private volatile List<WriterQueue> queues = List.of();
  private final List<List<Chunk>> outgoing = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** A lane whose writers start with its first chunk, each with a target of its own. */
  Lane(
      EngineSettings settings,
      Backlog backlog,
      ThreadFactory threadFactory,
      IntFunction<BatchTarget> targets,
      RecordErrors errors,
      WriteMetrics metrics,
      AtomicReference<Throwable> failure) {
    this.settings = settings;
    this.backlog = backlog;
    this.threadFactory = threadFactory;
    this.targets = targets;
    this.errors = errors;
    this.metrics = metrics;
    this.failure = failure;
  }

  private void start() {
    List<WriterQueue> started = new ArrayList<>();
    for (int i = 0; i < settings.writers(); i++) {
      WriterQueue queue = new WriterQueue();
      started.add(queue);
      outgoing.add(new ArrayList<>());
      Writer writer =
          new Writer(settings, queue, targets.apply(i), errors, backlog, failure, metrics);
      threads.add(threadFactory.newThread(writer));
    }

    queues = List.copyOf(started);
    threads.forEach(Thread::start);
  }

  /** Puts a chunk aside for its writer; handed over by {@link #flush()}. */
  void offer(Chunk chunk) {
    if (queues.isEmpty()) {
      start();
    }

    outgoing.get(writer(chunk.slot())).add(chunk);
    backlog.add(chunk.rows().size(), chunk.bytes());
  }

  private int writer(SlotState slot) {
    if (slot.writer() < 0 || !slot.hasOlderChunks()) {
      int start = slot.partition().topicPartition().hashCode() & 0x7fff_ffff;
      slot.writer(free((start + slot.index()) % queues.size()));
    }

    return slot.writer();
  }

  /** The writer, or when it is in one transaction for long, the next one that is not. */
  private int free(int first) {
    long now = System.nanoTime();
    for (int i = 0; i < queues.size(); i++) {
      int writer = (first + i) % queues.size();
      if (queues.get(writer).writingFor(now) < STUCK_NANOS) {
        return writer;
      }
    }

    return first;
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

  Backlog backlog() {
    return backlog;
  }

  /** When the oldest row not yet durable was committed upstream; 0 without any. For any thread. */
  long oldestPendingMillis() {
    long oldest = 0;
    for (WriterQueue queue : queues) {
      long millis = queue.oldestMillis();
      oldest = oldest == 0 || (millis != 0 && millis < oldest) ? millis : oldest;
    }

    return oldest;
  }

  /** Stops the writers; what is queued is dropped. */
  void stop(long deadlineNanos, long limitMillis) {
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
          LOG.warn("{} is interrupted: it did not end within {} ms", thread, limitMillis);
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        threads.forEach(Thread::interrupt);
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Tells the writers to end. */
  void close() {
    queues.forEach(WriterQueue::close);
  }
}
