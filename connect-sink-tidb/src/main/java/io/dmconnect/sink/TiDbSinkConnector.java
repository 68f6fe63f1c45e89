package io.dmconnect.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Applies the change topics of the MySQL DM source connector to TiDB: rows in merged transactions
 * that hold their own progress, schema changes in the order of their topic. All tasks of a
 * connector write to one target; topics are divided among them.
 */
public final class TiDbSinkConnector extends SinkConnector {
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
  public String version() {
    return Version.VERSION;
  }
}
