package io.dmconnect.sink.engine;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds back the partitions of a lane, with keys or without, that has too much on its way. Used by
 * the task's thread only.
 */
final class Flow {
  private final Throttle keyed;
  private final Throttle keyless;
  private final TaskControl control;
  private final Collection<PartitionState> partitions;

  /**
   * The flow to some writers.
   *
   * @param partitions a view of the partitions that the task has
   */
  Flow(WriterPool writers, TaskControl control, Collection<PartitionState> partitions) {
    this.keyed = new Throttle(writers.backlog(false));
    this.keyless = new Throttle(writers.backlog(true));
    this.control = control;
    this.partitions = partitions;
  }

  /** Whether a partition's lane takes no more records now. */
  boolean isHeld(PartitionState partition) {
    return throttle(partition).isOn();
  }

  /**
   * Looks at what is on its way, and pauses or resumes partitions.
   *
   * @return whether a lane is held, so that it has to be looked at again soon
   */
  boolean adjust() {
    adjust(keyed);
    adjust(keyless);
    return keyed.isOn() || keyless.isOn();
  }

  private void adjust(Throttle lane) {
    if (lane.changes()) {
      if (lane.isOn()) {
        control.pause(free(state -> throttle(state) == lane));
      } else {
        control.resume(free(state -> !throttle(state).isOn()));
      }
    }
  }

  /** The partitions that nothing of their own holds back. */
  private List<TopicPartition> free(Predicate<PartitionState> which) {
    return partitions.stream()
        .filter(state -> state.barrier() == null && !state.isFailed() && which.test(state))
        .map(PartitionState::topicPartition)
        .toList();
  }

  private Throttle throttle(PartitionState partition) {
    return partition.isKeyless() ? keyless : keyed;
  }
}
