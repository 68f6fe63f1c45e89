package io.dmconnect.sink.write;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import org.apache.kafka.common.TopicPartition;

/** Another task took a partition over; what this one holds of it must be forgotten. */
public class FencedException extends DmException {
  private final transient TopicPartition partition;

  /** The partition and the epoch of its new owner. */
  public FencedException(TopicPartition partition, long mine, long theirs) {
    super(
        SinkError.FENCED,
        "Another task took over "
            + partition
            + " (its epoch "
            + theirs
            + ", this task's "
            + mine
            + ")");
    this.partition = partition;
  }

  /** The partition that was taken over. */
  public TopicPartition partition() {
    return partition;
  }
}
