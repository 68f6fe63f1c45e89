package io.dmconnect.source.config;

import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.config.Validators;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The keys of a source whose tables are shards that a sink merges. */
public final class CoordinationKeys {
  /** The name under which sources, sink and coordinator find each other. */
  public static final String TASK = "coordinator.task";

  static void define(ConfigDef def) {
    ConfigKeys.group(
        def,
        "Shard merge",
        ConfigKey.text(TASK)
            .optional()
            .validator(Validators.text("a name", CoordinationPaths::checkTask))
            .medium()
            .display("Coordination task")
            .doc(
                "The name under which sources, sink and coordinator find each other; the same for"
                    + " all connectors of one migration. Needed with"
                    + " `coordinator.zookeeper.connect`."));
    ZooKeeperKeys.define(def);
  }

  /** What is missing. */
  static List<ConfigProblem> problems(Map<String, String> props) {
    boolean coordinated = !props.getOrDefault(ZooKeeperKeys.CONNECT, "").isBlank();
    boolean named = !props.getOrDefault(TASK, "").isBlank();
    return coordinated && !named
        ? List.of(new ConfigProblem(TASK, "is needed with " + ZooKeeperKeys.CONNECT))
        : List.of();
  }

  private CoordinationKeys() {}
}
