package io.dmconnect.source;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.config.ConfigCheck;
import io.dmconnect.source.config.SourceKeys;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.offset.OffsetCheck;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Carries the tables of one MySQL server into topics, their rows and their changes. One connector
 * has one task, because a server has one binlog.
 */
public final class MySqlDmSourceConnector extends SourceConnector {
  private Map<String, String> props;

  /** For Connect. */
  public MySqlDmSourceConnector() {}

  @Override
  public String version() {
    return Version.text();
  }

  @Override
  public ConfigDef config() {
    return SourceKeys.DEFINITION;
  }

  /** Checks the values, how they fit together, and the server they name; time-boxed. */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return new Config(ConfigCheck.values(connectorConfigs));
  }

  @Override
  public void start(Map<String, String> connectorProps) {
    props = Map.copyOf(connectorProps);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MySqlDmSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(props);
  }

  @Override
  public void stop() {
    props = null;
  }

  /** Every record carries the position it is made from, and the same positions give the same. */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> connectorConfig) {
    return ConnectorTransactionBoundaries.SUPPORTED;
  }

  /**
   * Takes offsets of the forms the connector writes; null resets any partition.
   *
   * @throws DmException naming the offset that cannot be used
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    String server = connectorConfig.get(SourceKeys.TOPIC_PREFIX);
    offsets.forEach(
        (partition, offset) -> {
          String problem = OffsetCheck.problem(server, partition, offset);
          if (problem != null) {
            throw new DmException(
                SourceError.BAD_OFFSET, "The offset of " + partition + ": " + problem);
          }
        });
    return true;
  }
}
