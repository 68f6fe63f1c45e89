package io.dmconnect.sink;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the records of some topics to TiDB; see {@link TiDbSinkConnector}. */
public final class TiDbSinkTask extends SinkTask {
  private static final Logger LOG = LoggerFactory.getLogger(TiDbSinkTask.class);

  private SinkRuntime runtime;

  @Override
  public void start(Map<String, String> props) {
    TiDbSinkConfig config = new TiDbSinkConfig(props);
    LOG.info("Starting task {} of {}", TiDbSinkConfig.taskNumber(props), config.connectorName());
    runtime = SinkRuntime.start(config, TiDbSinkConfig.taskNumber(props), context);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    runtime.engine().open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    runtime.engine().put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    return runtime.engine().durable();
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    runtime.engine().close(partitions);
  }

  @Override
  public void stop() {
    if (runtime != null) {
      runtime.close();
    }
  }

  @Override
  public String version() {
    return Version.VERSION;
  }
}
