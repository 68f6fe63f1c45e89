package io.dmconnect.sink.progress;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where the target keeps what is durable of each topic's partition. */
public interface ProgressStore {

  /**
   * Takes partitions over: gives them a new epoch, so that no write of an earlier owner can commit
   * any more, and reads what is durable.
   *
   * @param partitions the partitions
   * @param slots how many slots each has at least; missing ones are made
   * @return the progress of every partition
   */
  Map<TopicPartition, PartitionProgress> open(Collection<TopicPartition> partitions, int slots);

  /**
   * Sets all slots of a partition to one progress; changes nothing when another owner took over.
   *
   * @param epoch the owner's epoch
   * @param all what each slot becomes; its own number does not count
   * @param inDoubtTo the offset up to which later records may be durable already
   */
  void reset(TopicPartition partition, long epoch, SlotProgress all, long inDoubtTo);
}
