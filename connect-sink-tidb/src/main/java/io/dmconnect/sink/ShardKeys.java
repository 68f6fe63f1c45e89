package io.dmconnect.sink;

import io.dmconnect.model.check.CheckItem;
import io.dmconnect.model.config.ConfigKey;
import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.config.EnumValues;
import io.dmconnect.model.config.Validators;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The keys of shard merge. */
final class ShardKeys {
  static final String MODE = "shard-mode";
  static final String TASK = "coordinator.task";
  static final String EXPECTED_SOURCES = "coordinator.expected-sources";
  static final String IGNORED_CHECKS = "ignore-checking-items";

  private static final EnumValues<Mode> MODES = EnumValues.of(Mode.class);

  /** How schema changes of shards that are merged into one table are coordinated. */
  enum Mode {
    /** Not at all. */
    NONE,
    /** As {@link GroupMode#PESSIMISTIC}. */
    PESSIMISTIC,
    /** As {@link GroupMode#OPTIMISTIC}. */
    OPTIMISTIC,
    /** As {@link GroupMode#OPTIMISTIC_STRICT}. */
    STRICT_OPTIMISTIC;

    /** The groups' mode; not of {@link #NONE}. */
    GroupMode groups() {
      return switch (this) {
        case NONE -> throw new IllegalStateException("Nothing is coordinated");
        case PESSIMISTIC -> GroupMode.PESSIMISTIC;
        case OPTIMISTIC -> GroupMode.OPTIMISTIC;
        case STRICT_OPTIMISTIC -> GroupMode.OPTIMISTIC_STRICT;
      };
    }
  }

  static void define(ConfigDef def) {
    ConfigKeys.group(
        def,
        "Shard merge",
        ConfigKey.oneOf(MODE, MODES)
            .defaultsTo(Mode.NONE)
            .medium()
            .display("Shard mode")
            .doc(
                "How schema changes of tables that are merged into one are coordinated: `none`"
                    + " (each is carried out by itself), `pessimistic` (every table waits at the"
                    + " same change, then it runs once), `optimistic` (the merged table accepts the"
                    + " rows of all tables at any time; only a change that contradicts waits) or"
                    + " `strict_optimistic` (such a change stops the task). All but `none` need"
                    + " `coordinator.zookeeper.connect`, `coordinator.task` and a running"
                    + " coordinator."),
        ConfigKey.text(TASK)
            .optional()
            .validator(Validators.text("a name", CoordinationPaths::checkTask))
            .medium()
            .display("Coordination task")
            .doc(
                "The name under which sources, sink and coordinator find each other; the same for"
                    + " all connectors of one migration."),
        ConfigKey.list(EXPECTED_SOURCES)
            .defaultsTo(List.of())
            .medium()
            .display("Expected sources")
            .doc(
                "The `topic.prefix` of every source of the migration, separated by commas. No"
                    + " change that needs all tables goes on before each of them has stated its"
                    + " tables, and no merged table is begun."),
        ConfigKey.list(IGNORED_CHECKS)
            .defaultsTo(List.of())
            .validator(Validators.entries("names of prechecks, or `all`", CheckItem::parse))
            .low()
            .display("Prechecks to leave out")
            .doc(
                "Names of prechecks of the shard tables that are not made, or `all`: "
                    + String.join(", ", CheckItem.texts())
                    + ". Without `schema_of_shard_tables` a merged table is begun before every"
                    + " expected source has stated its tables."));
    ZooKeeperKeys.define(def);
  }

  static Mode mode(AbstractConfig config) {
    return MODES.parse(config.getString(MODE));
  }

  static NavigableSet<String> ignoredChecks(AbstractConfig config) {
    return new TreeSet<>(config.getList(IGNORED_CHECKS));
  }

  static NavigableSet<String> expectedSources(AbstractConfig config) {
    return new TreeSet<>(config.getList(EXPECTED_SOURCES));
  }

  /** What is missing for the mode. */
  static List<ConfigProblem> problems(Map<String, String> props) {
    String mode = props.getOrDefault(MODE, "none").trim().toLowerCase(Locale.ROOT);
    List<ConfigProblem> problems = new ArrayList<>();
    if (!mode.equals("none")) {
      for (String key : List.of(ZooKeeperKeys.CONNECT, TASK, EXPECTED_SOURCES)) {
        if (props.getOrDefault(key, "").isBlank()) {
          problems.add(new ConfigProblem(key, "is needed with " + MODE + "=" + mode));
        }
      }
    }

    return problems;
  }

  private ShardKeys() {}
}
