package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Is told what the task reads. All methods are called from the task's thread and do not block. */
public interface PartitionListener {

  /** Needs not be told. */
  PartitionListener NONE =
      new PartitionListener() {
        @Override
        public void opened(Map<TopicPartition, Long> opened) {}

        @Override
        public void seen(TopicPartition partition, String source, TableId table) {}

        @Override
        public void closed(Collection<TopicPartition> closed) {}
      };

  /** The task took partitions over, each with an epoch. */
  void opened(Map<TopicPartition, Long> opened);

  /** The first record of an open partition tells which table of which source it is of. */
  void seen(TopicPartition partition, String source, TableId table);

  /** The task gave partitions up. */
  void closed(Collection<TopicPartition> closed);
}
