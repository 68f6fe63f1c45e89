package io.dmconnect.sink.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.PartitionProgress;
import io.dmconnect.sink.progress.SlotProgress;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a topic goes on where the target's progress ends: the record that was applied last is
 * delivered once more and must be the same one, and so must those that other slots applied last.
 * When the first of them has expired meanwhile, the record after it must be the first.
 */
final class StartCheck {
  private final TopicPartition partition;
  private final long start;
  private final SortedMap<Long, String> fingerprints = new TreeMap<>();
  private boolean first = true;

  /**
   * The check of a partition that is read again from an offset.
   *
   * @param start the offset; -1 when nothing was applied
   */
  StartCheck(TopicPartition partition, long start, PartitionProgress progress) {
    this.partition = partition;
    this.start = start;
    for (SlotProgress slot : progress.slots()) {
      if (slot.offset() >= start && slot.mark().fingerprint() != null) {
        fingerprints.put(slot.offset(), slot.mark().fingerprint());
      }
    }
  }

  /** Whether there is nothing more to check. */
  boolean isOver() {
    return !first && fingerprints.isEmpty();
  }

  /**
   * Checks the next record.
   *
   * @throws DmException when the topic does not continue what was applied
   */
  void check(long offset, Supplier<String> fingerprint) {
    boolean continues = !first || start < 0 || offset == start || offset == start + 1;
    first = false;
    if (!continues) {
      throw broken(
          "the record at offset "
              + start
              + " was applied last, but the topic continues at offset "
              + offset);
    }

    while (!fingerprints.isEmpty() && fingerprints.firstKey() <= offset) {
      long expected = fingerprints.firstKey();
      String applied = fingerprints.remove(expected);
      if (expected == offset && !applied.equals(fingerprint.get())) {
        throw broken(
            "the record at offset "
                + offset
                + " is not the one applied ("
                + applied
                + " then, "
                + fingerprint.get()
                + " now)");
      }
    }
  }

  private DmException broken(String why) {
    return new DmException(
        SinkError.TOPIC_RECREATED, "Topic partition " + partition + " does not continue: " + why);
  }
}
