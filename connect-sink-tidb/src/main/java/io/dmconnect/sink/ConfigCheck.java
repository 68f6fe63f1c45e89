package io.dmconnect.sink;

import io.dmconnect.model.config.ConfigKeys;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.model.route.RouteRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What {@code validate} answers: first each key for itself, then what does not fit together, and
 * only when all that is right, the target itself, then the coordination service.
 */
final class ConfigCheck {
  private static final List<String> OUR_PREFIXES =
      List.of(
          "connection.",
          "writers",
          "batch.",
          "flush.",
          "buffer.",
          "meta.",
          "topic.",
          "retry.",
          "errors.isolate",
          "shard",
          "ignore-",
          "coordinator.",
          "case");

  /** Every key with its problems. */
  static Config check(Map<String, String> props) {
    List<ConfigValue> values =
        RouteRules.RULES.enrich(TiDbSinkConfig.CONFIG, props).validate(props);
    List<ConfigProblem> problems = new ArrayList<>();
    TiDbSinkConfig.routes(props, "true".equalsIgnoreCase(props.get("case-sensitive")), problems);
    problems.addAll(ShardKeys.problems(props));
    problems.removeIf(problem -> isKnown(values, problem));
    problems.addAll(ConfigKeys.unknown(props, TiDbSinkConfig.knownKeys(props), OUR_PREFIXES));
    boolean valid =
        problems.isEmpty() && values.stream().allMatch(value -> value.errorMessages().isEmpty());
    if (valid) {
      TiDbSinkConfig config = new TiDbSinkConfig(props);
      problems.addAll(TargetCheck.problems(config));
      if (problems.isEmpty()) {
        problems.addAll(ShardCheck.problems(config));
      }
    }

    return new Config(ConfigProblem.addTo(values, problems));
  }

  /** A bad value of a rule is found by the definition of its key, too. */
  private static boolean isKnown(List<ConfigValue> values, ConfigProblem problem) {
    return values.stream()
        .filter(value -> value.name().equals(problem.key()))
        .anyMatch(value -> !value.errorMessages().isEmpty());
  }

  private ConfigCheck() {}
}
