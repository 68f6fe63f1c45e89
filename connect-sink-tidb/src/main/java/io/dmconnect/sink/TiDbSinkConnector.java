package io.dmconnect.sink;

import io.dmconnect.sink.progress.JdbcProgressStore;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Applies the change topics of the MySQL DM source connector to TiDB: rows in merged transactions
 * that hold their own progress, schema changes in the order of their topic. All tasks of a
 * connector write to one target; topics are divided among them.
 */
public final class TiDbSinkConnector extends SinkConnector {
  private static final long ALTER_MILLIS = 20_000;

  private Map<String, String> props = Map.of();

  @Override
  public void start(Map<String, String> properties) {
    props = Map.copyOf(properties);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return TiDbSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>();
    for (int i = 0; i < maxTasks; i++) {
      Map<String, String> config = new HashMap<>(props);
      config.put(TiDbSinkConfig.TASK_NUMBER, Integer.toString(i));
      configs.add(config);
    }

    return configs;
  }

  @Override
  public void stop() {
    props = Map.of();
  }

  @Override
  public ConfigDef config() {
    return TiDbSinkConfig.CONFIG;
  }

  @Override
  public Config validate(Map<String, String> properties) {
    return ConfigCheck.check(properties);
  }

  /**
   * Moves the progress in the target, too; Connect moves the consumer group's. Rows that were
   * applied before are applied again in safe mode. Can be repeated.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    TiDbSinkConfig config = new TiDbSinkConfig(connectorConfig);
    try (TargetPool pool = new TargetPool(config.target(2), config.connectorName() + "-offsets")) {
      Retry retry = new Retry(ALTER_MILLIS);
      MetaTables tables = new MetaTables(config.metaSchema());
      MetaSetup.ensure(pool, retry, tables);
      new JdbcProgressStore(pool, retry, tables, config.connectorName())
          .alter(offsets, config.writers());
    }

    return true;
  }

  @Override
  public String version() {
    return Version.VERSION;
  }
}
