package io.dmconnect.source.config;

import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.filter.FilterRules;
import io.dmconnect.source.coordination.ShardCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Checks a configuration: each value, then how they fit together, then the server they name. A
 * later step is made only when the earlier ones find nothing.
 */
public final class ConfigCheck {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String TOPIC_CREATION = "topic.creation.default.partitions";
  private static final Set<String> PREFIXES =
      Set.of(
          "database.",
          "snapshot.",
          "topic.pre",
          "topic.part",
          "do-",
          "ignore-",
          "tombstones.",
          "coordinator.");

  private ConfigCheck() {}

  /** Every key with its value and its errors. */
  public static List<ConfigValue> values(Map<String, String> props) {
    ConfigDef definition = FilterRules.RULES.enrich(SourceKeys.DEFINITION, props);
    List<ConfigValue> values = definition.validate(props);
    List<ConfigProblem> problems = new ArrayList<>();
    FilterRules.parse(props, false, problems::add);
    problems.addAll(CoordinationKeys.problems(props));
    problems.removeIf(problem -> hasError(values, problem.key()));
    Set<String> known = new LinkedHashSet<>(definition.names());
    problems.addAll(ConfigKeys.unknown(props, known, PREFIXES));
    problems.addAll(partitions(props));
    if (problems.isEmpty() && values.stream().allMatch(v -> v.errorMessages().isEmpty())) {
      problems.addAll(live(props));
    }
    return ConfigProblem.addTo(values, problems);
  }

  private static List<ConfigProblem> prechecks(SourceConfig config) throws SQLException {
    List<ConfigProblem> problems = Prechecks.run(config);
    return problems.isEmpty() ? ShardCheck.problems(config) : problems;
  }

  /** Connect makes the topics; with too few partitions no record could be written. */
  private static List<ConfigProblem> partitions(Map<String, String> props) {
    String wanted = props.getOrDefault(SourceKeys.TOPIC_PARTITIONS, "1").strip();
    String made = props.getOrDefault(TOPIC_CREATION, "").strip();
    if (wanted.equals("1") || wanted.equals(made)) {
      return List.of();
    }
    return List.of(
        new ConfigProblem(
            SourceKeys.TOPIC_PARTITIONS,
            "With "
                + wanted
                + " partitions "
                + TOPIC_CREATION
                + " must be "
                + wanted
                + ", too, it is "
                + (made.isEmpty() ? "not stated" : made)));
  }

  private static boolean hasError(List<ConfigValue> values, String key) {
    return values.stream().anyMatch(v -> v.name().equals(key) && !v.errorMessages().isEmpty());
  }

  private static List<ConfigProblem> live(Map<String, String> props) {
    SourceConfig config;
    try {
      config = new SourceConfig(props);
      config.connection();
      config.binlog();
    } catch (ConfigException e) {
      return List.of(new ConfigProblem(SourceKeys.SSL_MODE, e.getMessage()));
    }
    return TimeBox.call(
        () -> prechecks(config),
        LONGEST,
        () ->
            List.of(
                new ConfigProblem(
                    SourceKeys.HOSTNAME,
                    "The server did not answer the prechecks within "
                        + LONGEST.toSeconds()
                        + " seconds. Check that it is reachable and not overloaded")));
  }
}
