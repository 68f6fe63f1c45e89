package io.dmconnect.sink.engine;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** What the engine asks of the worker. All methods are called from the task's own thread. */
public interface TaskControl {

  /** Delivers no more records of these partitions. */
  void pause(Collection<TopicPartition> partitions);

  /** Delivers their records again. */
  void resume(Collection<TopicPartition> partitions);

  /** Delivers the record at that offset next. */
  void rewind(TopicPartition partition, long offset);

  /** Asks for a commit of the durable offsets soon. */
  void requestCommit();

  /** Asks to be called again after at most that time, also when there is no record. */
  void tickWithin(long millis);
}
