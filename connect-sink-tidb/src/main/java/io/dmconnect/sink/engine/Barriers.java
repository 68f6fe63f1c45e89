package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.ProgressStore;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import io.dmconnect.sink.write.FencedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The partitions that are held back, and what they wait for. Used by the task's thread only. */
final class Barriers {
  private static final long SHORTEST_TICK_MILLIS = 5;
  private static final long LONGEST_TICK_MILLIS = 100;
  private static final long AGE_PER_TICK = 100;

  private final ProgressStore store;
  private final DdlRunner runner;
  private final Dispatcher dispatcher;
  private final RecordErrors errors;
  private final TaskControl control;
  private final LongAdder carriedOut = new LongAdder();
  private final Set<PartitionState> waiting = new LinkedHashSet<>();

  Barriers(
      ProgressStore store,
      DdlRunner runner,
      Dispatcher dispatcher,
      RecordErrors errors,
      TaskControl control) {
    this.store = store;
    this.runner = runner;
    this.dispatcher = dispatcher;
    this.errors = errors;
    this.control = control;
  }

  /** How many schema changes were carried out; safe for any thread. */
  long carriedOutCount() {
    return carriedOut.sum();
  }

  void add(PartitionState partition) {
    waiting.add(partition);
  }

  void remove(PartitionState partition) {
    waiting.remove(partition);
    Barrier barrier = partition.barrier();
    if (barrier != null && barrier.result() != null) {
      barrier.result().cancel(true);
    }
  }

  boolean any() {
    return !waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /**
   * When to look again, in milliseconds: soon for what began lately, seldom for what waits long.
   */
  long tickMillis(long nowNanos) {
    long youngest = Long.MAX_VALUE;
    for (PartitionState partition : waiting) {
      youngest = Math.min(youngest, partition.barrier().ageNanos(nowNanos));
    }

    long tick = TimeUnit.NANOSECONDS.toMillis(youngest) / AGE_PER_TICK;
    return Math.max(SHORTEST_TICK_MILLIS, Math.min(LONGEST_TICK_MILLIS, tick));
  }

  /**
   * Lets go on what need not wait any more.
   *
   * @return the partitions that go on; the record of a layout change is the first one held back
   */
  List<PartitionState> release() {
    if (waiting.isEmpty()) {
      return List.of();
    }

    List<PartitionState> released = new ArrayList<>();
    for (PartitionState partition : List.copyOf(waiting)) {
      if (isOver(partition, partition.barrier())) {
        waiting.remove(partition);
        partition.barrier(null);
        released.add(partition);
      }
    }

    return released;
  }

  private boolean isOver(PartitionState partition, Barrier barrier) {
    if (!partition.isIdle()) {
      return false;
    }

    if (barrier.startsOver()) {
      startOver(partition);
      return true;
    }

    if (barrier.ddl() == null) {
      partition.heldBack().addFirst(barrier.record());
      return true;
    }

    if (barrier.result() == null && dispatcher.catchesUp(partition)) {
      return false;
    }

    if (barrier.result() == null) {
      barrier.started(runner.start(work(partition, barrier)));
    }

    return barrier.result().isDone() && carriedOut(partition, barrier);
  }

  private void startOver(PartitionState partition) {
    SlotProgress nothing = new SlotProgress(0, SlotProgress.NONE, RecordMark.UNKNOWN, null);
    store.reset(partition.topicPartition(), partition.epoch(), nothing, SlotProgress.NONE);
    partition.restart();
    control.rewind(partition.topicPartition(), partition.firstOffset());
  }

  private DdlWork work(PartitionState partition, Barrier barrier) {
    return new DdlWork(
        partition.topicPartition(),
        partition.epoch(),
        barrier.record().originalKafkaOffset(),
        dispatcher.mark(partition, barrier.record()),
        barrier.ddl().source(),
        barrier.ddl().event());
  }

  private boolean carriedOut(PartitionState partition, Barrier barrier) {
    try {
      Set<TableId> targets = barrier.result().join();
      long offset = barrier.record().originalKafkaOffset();
      partition.handled(barrier.record());
      for (SlotState slot : partition.slots()) {
        slot.moveTo(offset);
      }

      dispatcher.schemaChanged(barrier, targets);
      carriedOut.increment();
      control.requestCommit();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FencedException fenced) {
        partition.fence(fenced);
        return true;
      }

      errors.failed(partition, barrier.record(), asDmException(e.getCause()));
    }

    return true;
  }

  private static DmException asDmException(Throwable cause) {
    return cause instanceof DmException known
        ? known
        : new DmException(SinkError.UNEXPECTED, "A schema change failed: " + cause, cause);
  }

  /** Waits for nothing any more. */
  void stop() {
    List.copyOf(waiting).forEach(this::remove);
  }
}
