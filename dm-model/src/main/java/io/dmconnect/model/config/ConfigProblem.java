package io.dmconnect.model.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What is wrong with one configuration key.
 *
 * @param key the full key
 * @param message what is wrong and what would be right, one sentence
 */
public record ConfigProblem(String key, String message) {

  /** Checks that both parts are there. */
  public ConfigProblem {
    requireNonNull(key, "key is null");
    requireNonNull(message, "message is null");
  }

  /**
   * Adds problems to the values that a connector's {@code validate} returns. A key without a value
   * there, as an unknown key, gets one: Connect's REST answers count its errors too.
   *
   * @param values the values of {@code ConfigDef.validate}; not changed, but their error lists are
   * @return the values with those added
   */
  public static List<ConfigValue> addTo(List<ConfigValue> values, List<ConfigProblem> problems) {
    List<ConfigValue> all = new ArrayList<>(values);
    for (ConfigProblem problem : problems) {
      ConfigValue value =
          all.stream()
              .filter(v -> v.name().equals(problem.key()))
              .findFirst()
              .orElseGet(
                  () -> {
                    ConfigValue added = new ConfigValue(problem.key());
                    all.add(added);
                    return added;
                  });
      value.addErrorMessage(problem.message());
    }

    return all;
  }
}
