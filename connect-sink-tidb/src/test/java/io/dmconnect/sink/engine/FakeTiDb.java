package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.PartitionProgress;
import io.dmconnect.sink.progress.ProgressStore;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.progress.SlotProgress;
import io.dmconnect.sink.write.FencedException;
import io.dmconnect.sink.write.SlotWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A target with transactions: what is applied and what is durable change together or not at all.
 */
final class FakeTiDb implements ProgressStore {
  private final Map<TopicPartition, List<SlotProgress>> progress = new HashMap<>();
  private final Map<TopicPartition, Long> epochs = new HashMap<>();
  private final Map<TopicPartition, List<Long>> applied = new HashMap<>();
  private final Map<TopicPartition, Long> inDoubt = new HashMap<>();
  private final Set<String> ledger = new HashSet<>();

  @Override
  public synchronized Map<TopicPartition, PartitionProgress> open(
      Collection<TopicPartition> partitions, int slots) {
    Map<TopicPartition, PartitionProgress> opened = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long epoch = epochs.merge(partition, 1L, Long::sum);
      List<SlotProgress> known = progress.computeIfAbsent(partition, p -> new ArrayList<>());
      long slowest = known.stream().mapToLong(SlotProgress::offset).min().orElse(-1);
      RecordMark mark =
          known.stream()
              .filter(slot -> slot.offset() == slowest)
              .map(SlotProgress::mark)
              .findFirst()
              .orElse(RecordMark.UNKNOWN);
      while (known.size() < slots) {
        known.add(new SlotProgress(known.size(), slowest, mark, null));
      }

      opened.put(
          partition, new PartitionProgress(epoch, known, inDoubt.getOrDefault(partition, -1L)));
    }

    return opened;
  }

  @Override
  public synchronized void reset(
      TopicPartition partition, long epoch, SlotProgress all, long inDoubtTo) {
    checkOwner(partition, epoch);
    inDoubt.put(partition, inDoubtTo);
    progress
        .get(partition)
        .replaceAll(s -> new SlotProgress(s.slot(), all.offset(), all.mark(), all.layout()));
  }

  /** One transaction: all writes or none. */
  synchronized void commit(List<SlotWrite> writes) {
    for (SlotWrite write : writes) {
      checkOwner(write.partition(), write.epoch());
      long at = progress.get(write.partition()).get(write.slot()).offset();
      if (at != write.from()) {
        throw new DmException(SinkError.PROGRESS_CHANGED, "at " + at + ", not " + write.from());
      }
    }

    for (SlotWrite write : writes) {
      SlotProgress moved = new SlotProgress(write.slot(), write.to(), write.mark(), write.layout());
      progress.get(write.partition()).set(write.slot(), moved);
      for (SinkRecord record : write.records()) {
        applied(write.partition()).add(record.kafkaOffset());
      }
    }
  }

  /** Carries a schema change out, unless the ledger has it. */
  synchronized Set<TableId> commit(DdlRunner.DdlWork work) {
    checkOwner(work.partition(), work.epoch());
    if (ledger.add(work.event().id())) {
      applied(work.partition()).add(work.offset());
    }

    progress
        .get(work.partition())
        .replaceAll(s -> new SlotProgress(s.slot(), work.offset(), work.mark(), s.layout()));
    return Set.of();
  }

  private void checkOwner(TopicPartition partition, long epoch) {
    if (epochs.get(partition) != epoch) {
      throw new FencedException(partition, epoch, epochs.get(partition));
    }
  }

  /** The offset of the last record that the next owner would take for durable. */
  synchronized long resumesAfter(TopicPartition partition) {
    List<SlotProgress> slots = progress.get(partition);
    return SlotLayout.SINGLE.equals(slots.get(0).layout())
        ? slots.get(0).offset()
        : slots.stream().mapToLong(SlotProgress::offset).min().orElse(-1);
  }

  /** The offsets applied, in the order of their commits. */
  synchronized List<Long> applied(TopicPartition partition) {
    return applied.computeIfAbsent(partition, p -> new ArrayList<>());
  }
}
