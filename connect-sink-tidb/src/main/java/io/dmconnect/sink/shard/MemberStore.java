package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.MemberId;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Which upstream table a topic is of, for topics whose records have expired. Safe for several
 * threads.
 */
public interface MemberStore {

  /** The members of those partitions that are known. */
  Map<TopicPartition, MemberId> load(Collection<TopicPartition> partitions);

  /**
   * Forgets whose partition it is: it does not tell of a table any more.
   *
   * @param epoch the partition's epoch
   * @throws io.dmconnect.sink.write.FencedException when the partition has another owner
   */
  void remove(TopicPartition partition, long epoch);

  /** Keeps whose partition it is. */
  void save(TopicPartition partition, MemberId member);
}
