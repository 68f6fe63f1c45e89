package io.dmconnect.sink;

import io.dmconnect.sink.engine.TaskControl;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The worker as the engine sees it. Used by the task's thread only. */
final class ContextControl implements TaskControl {
  private final SinkTaskContext context;

  ContextControl(SinkTaskContext context) {
    this.context = context;
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    context.pause(partitions.toArray(TopicPartition[]::new));
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    context.resume(partitions.toArray(TopicPartition[]::new));
  }

  @Override
  public void rewind(TopicPartition partition, long offset) {
    context.offset(partition, offset);
  }

  @Override
  public void requestCommit() {
    context.requestCommit();
  }

  @Override
  public void tickWithin(long millis) {
    context.timeout(millis);
  }
}
