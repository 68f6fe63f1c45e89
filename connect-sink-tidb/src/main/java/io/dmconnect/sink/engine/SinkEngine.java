package io.dmconnect.sink.engine;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.sink.progress.PartitionProgress;
import io.dmconnect.sink.progress.ProgressStore;
import io.dmconnect.sink.progress.SlotProgress;
import io.dmconnect.sink.write.FencedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records, hands rows to the writers, holds a partition back at a schema change, and tells
 * what is durable. Never waits: what cannot go on is paused and looked at again on the next call.
 *
 * <p>Used by the task's thread only.
 */
public final class SinkEngine {
  private static final Logger LOG = LoggerFactory.getLogger(SinkEngine.class);
  private static final long FULL_TICK_MILLIS = 2;
  private static final long FENCED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EngineSettings settings;
  private final ProgressStore store;
  private final TaskControl control;
  private final WriterPool writers;
  private final Dispatcher dispatcher;
  private final Barriers barriers;
  private final LongSupplier nanoClock;
  private final PartitionListener listener;
  private final Queue<TableId> changedTargets = new ConcurrentLinkedQueue<>();
  private final Map<TopicPartition, PartitionState> partitions = new LinkedHashMap<>();
  private final Flow flow;
  private final EngineFigures figures;
  private final Retries retries = new Retries();
  private long tick = Long.MAX_VALUE;

  /** An engine; {@code writers} are started already. */
  SinkEngine(
      EngineSettings settings,
      ProgressStore store,
      TaskControl control,
      WriterPool writers,
      Dispatcher dispatcher,
      Barriers barriers,
      LongSupplier nanoClock,
      PartitionListener listener) {
    this.settings = requireNonNull(settings, "settings is null");
    this.store = requireNonNull(store, "store is null");
    this.control = requireNonNull(control, "control is null");
    this.writers = requireNonNull(writers, "writers is null");
    this.dispatcher = requireNonNull(dispatcher, "dispatcher is null");
    this.barriers = requireNonNull(barriers, "barriers is null");
    this.nanoClock = requireNonNull(nanoClock, "nanoClock is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.flow = new Flow(writers, control, partitions.values());
    this.figures = new EngineFigures(writers, barriers);
  }

  /**
   * Takes partitions over and goes back to what is durable of them. Those it has already stay as
   * they are, paused ones too: the worker keeps them so, and what holds them back lets them go on.
   */
  public void open(Collection<TopicPartition> opened) {
    takeOver(opened);
  }

  private void takeOver(Collection<TopicPartition> opened) {
    Map<TopicPartition, PartitionProgress> progress = store.open(opened, settings.writers());
    dispatcher.partitionsTakenOver();
    progress.forEach(
        (partition, stored) -> {
          PartitionState state = new PartitionState(partition, stored);
          PartitionState previous = partitions.put(partition, state);
          if (previous != null) {
            forget(previous);
          }

          control.rewind(partition, state.firstOffset());
          control.resume(List.of(partition));
          LOG.info(
              "Took over {} with epoch {}: durable up to offset {}, reading from {}",
              partition,
              stored.epoch(),
              stored.min() == SlotProgress.NONE ? "none" : stored.min(),
              state.firstOffset());
        });
    Map<TopicPartition, Long> epochs = new HashMap<>();
    progress.forEach((partition, stored) -> epochs.put(partition, stored.epoch()));
    listener.opened(epochs);
  }

  /** A target table changed that another task or partition changed; safe for any thread. */
  public void targetChanged(TableId target) {
    changedTargets.add(target);
  }

  private void takeChangedTargets() {
    Set<TableId> changed = new HashSet<>();
    for (TableId target = changedTargets.poll(); target != null; target = changedTargets.poll()) {
      changed.add(target);
    }

    if (!changed.isEmpty()) {
      dispatcher.targetsChanged(changed);
    }
  }

  /**
   * Takes records; also called without any.
   *
   * @throws io.dmconnect.model.error.DmException when the task cannot go on
   */
  public void put(Collection<SinkRecord> records) {
    writers.throwFailure();
    throwIfFencedForLong();
    tick = Long.MAX_VALUE;
    takeChangedTargets();
    for (PartitionState released : barriers.release()) {
      goOn(released);
    }

    for (SinkRecord record : records) {
      PartitionState partition =
          partitions.get(
              new TopicPartition(record.originalTopic(), record.originalKafkaPartition()));
      if (partition != null) {
        take(partition, record);
      }
    }

    dispatcher.flush();
    if (flow.adjust()) {
      tickWithin(FULL_TICK_MILLIS);
    }

    if (barriers.any()) {
      tickWithin(barriers.tickMillis(System.nanoTime()));
    }

    retryHeldBack();
    figures.heldBack((long) barriers.size() + failedPartitions().size(), heldBackBy());
    if (tick < Long.MAX_VALUE) {
      control.tickWithin(tick);
    }
  }

  /** Of several wishes the earliest counts: the worker keeps the last it is told. */
  private void tickWithin(long millis) {
    tick = Math.min(tick, millis);
  }

  /** Only after the records at hand: those of a partition taken over anew come once more. */
  private void retryHeldBack() {
    long now = nanoClock.getAsLong();
    List<TopicPartition> due = retries.due(partitions.values(), now);
    if (!due.isEmpty()) {
      LOG.info("Trying {} again, held back by an error", due);
      try {
        takeOver(due);
      } catch (DmException e) {
        if (e.code().errorClass() != ErrorClass.RETRIABLE) {
          throw e;
        }

        LOG.warn("{} cannot be tried again yet", due, e);
      }
    }

    long next = retries.nextMillis(now);
    if (next > 0) {
      tickWithin(next);
    }
  }

  /**
   * Another task may take a partition over before this one learns that it lost it; then it is
   * closed soon. If it is not, two connectors of one name fight for it.
   */
  private void throwIfFencedForLong() {
    for (PartitionState partition : partitions.values()) {
      FencedException fenced = partition.fenced();
      if (fenced != null && partition.fencedFor(nanoClock.getAsLong()) > FENCED_NANOS) {
        throw fenced;
      }
    }
  }

  private void take(PartitionState partition, SinkRecord record) {
    if (partition.isFailed()) {
      control.pause(List.of(partition.topicPartition()));
      return;
    }

    if (partition.barrier() != null) {
      partition.heldBack().add(record);
      return;
    }

    Barrier barrier = dispatcher.dispatch(partition, record);
    if (barrier != null) {
      partition.barrier(barrier);
      barriers.add(partition);
      control.pause(List.of(partition.topicPartition()));
    } else if (partition.isFailed() || flow.isHeld(partition)) {
      control.pause(List.of(partition.topicPartition()));
    }
  }

  /** Takes what was held back, up to the next barrier. */
  private void goOn(PartitionState partition) {
    while (partition.barrier() == null && !partition.isFailed()) {
      SinkRecord record = partition.heldBack().poll();
      if (record == null) {
        if (!flow.isHeld(partition)) {
          control.resume(List.of(partition.topicPartition()));
        }

        return;
      }

      take(partition, record);
    }
  }

  /** The offsets to read next if the task ended now. */
  public Map<TopicPartition, OffsetAndMetadata> durable() {
    Map<TopicPartition, OffsetAndMetadata> durable = new HashMap<>();
    partitions.forEach(
        (partition, state) -> {
          if (state.last() != null && !state.isFailed()) {
            durable.put(partition, new OffsetAndMetadata(state.durable() + 1));
          }
        });
    dispatcher.advanceIdleSlots(partitions.values());
    return durable;
  }

  /** Gives partitions up: what is not durable of them will be read again by their next owner. */
  public void close(Collection<TopicPartition> closed) {
    for (TopicPartition partition : closed) {
      PartitionState state = partitions.remove(partition);
      if (state != null) {
        forget(state);
        retries.forget(partition);
      }
    }

    listener.closed(closed);
  }

  private void forget(PartitionState state) {
    state.close();
    barriers.remove(state);
    dispatcher.forget(state);
  }

  /** What the engine tells of itself. */
  EngineFigures figures() {
    return figures;
  }

  private String heldBackBy() {
    return partitions.values().stream()
        .map(PartitionState::failure)
        .filter(failure -> failure != null)
        .map(DmException::getMessage)
        .findFirst()
        .orElse(null);
  }

  /** The partitions that an error holds back. */
  public List<TopicPartition> failedPartitions() {
    return partitions.values().stream()
        .filter(PartitionState::isFailed)
        .map(PartitionState::topicPartition)
        .toList();
  }

  /** Stops the writers; waits for them a little. */
  public void stop() {
    close(List.copyOf(partitions.keySet()));
    barriers.stop();
    writers.stop();
    LOG.info("The sink stopped");
  }
}
