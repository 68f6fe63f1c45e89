package io.dmconnect.sink.progress;

import java.util.List;

/**
 * What is durable of a topic's partition, as read when it was taken over.
 *
 * @param epoch the number that guards this owner's writes
 * @param slots at least as many as were asked for, in order of their numbers
 * @param inDoubtTo the offset up to which records behind a slot's offset may be durable already,
 *     since rows were once spread over slots in another way; -1 when there is no such doubt
 */
public record PartitionProgress(long epoch, List<SlotProgress> slots, long inDoubtTo) {

  /** Copies the list. */
  public PartitionProgress {
    slots = List.copyOf(slots);
  }

  /** The smallest durable offset; -1 when a slot has none. */
  public long min() {
    return slots.stream().mapToLong(SlotProgress::offset).min().orElse(SlotProgress.NONE);
  }

  /** The largest durable offset; -1 when no slot has one. */
  public long max() {
    return slots.stream().mapToLong(SlotProgress::offset).max().orElse(SlotProgress.NONE);
  }
}
