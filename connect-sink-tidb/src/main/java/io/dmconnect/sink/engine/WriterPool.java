package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.write.BatchTarget;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * The writers. Keyless tables have some of their own: TiDB scans the whole table for each row that
 * is deleted or updated, which must not hold up others. Methods are called from the task's thread.
 */
final class WriterPool {
  private static final long STOP_MILLIS = 5_000;

  private final Lane keyed;
  private final Lane keyless;
  private final WriteMetrics metrics;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Writers that start when they are needed. */
  WriterPool(
      EngineSettings settings,
      ThreadFactory threadFactory,
      IntFunction<BatchTarget> targets,
      RecordErrors errors,
      WriteMetrics metrics) {
    this.metrics = metrics;
    this.keyed =
        new Lane(
            settings,
            new Backlog(settings.bufferRows(), settings.bufferBytes()),
            threadFactory,
            targets,
            errors,
            metrics,
            failure);
    this.keyless =
        new Lane(
            settings,
            new Backlog(settings.bufferRows() / 2, settings.bufferBytes() / 2),
            threadFactory,
            targets,
            errors,
            metrics,
            failure);
  }

  /** Puts a chunk aside for its writer; handed over by {@link #flush()}. */
  void offer(Chunk chunk) {
    lane(chunk.layout()).offer(chunk);
  }

  private Lane lane(SlotLayout layout) {
    return layout.keyless() ? keyless : keyed;
  }

  /** What is on its way of tables that are spread like that. */
  Backlog backlog(boolean ofKeyless) {
    return (ofKeyless ? keyless : keyed).backlog();
  }

  /** Hands over what was put aside. */
  void flush() {
    keyed.flush();
    keyless.flush();
  }

  WriteMetrics metrics() {
    return metrics;
  }

  /** When the oldest row not yet durable was committed upstream; 0 when all are durable. */
  long oldestPendingMillis() {
    long first = keyed.oldestPendingMillis();
    long second = keyless.oldestPendingMillis();
    return first == 0 || second == 0 ? Math.max(first, second) : Math.min(first, second);
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
    List<Lane> lanes = List.of(keyed, keyless);
    lanes.forEach(Lane::close);
    long deadline = System.nanoTime() + STOP_MILLIS * 1_000_000;
    lanes.forEach(lane -> lane.stop(deadline, STOP_MILLIS));
  }
}
