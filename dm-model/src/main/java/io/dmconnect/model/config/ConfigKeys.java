package io.dmconnect.model.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/** Defines groups of keys, and finds keys that nothing defines. */
public final class ConfigKeys {

  /**
   * Defines a group's keys in the order of a form.
   *
   * @return the definition given
   * @throws IllegalStateException when a key lacks something
   */
  public static ConfigDef group(ConfigDef def, String group, ConfigKey... keys) {
    for (int i = 0; i < keys.length; i++) {
      keys[i].define(def, group, i + 1);
    }

    return def;
  }

  /**
   * The problems of keys that nothing defines although they begin like ours, each with the nearest
   * name that is defined.
   *
   * @param props the connector's configuration
   * @param known every key that is defined, those of aliased rules included
   * @param prefixes the beginnings of keys that are ours, for instance {@code snapshot.}; others
   *     are Connect's or a converter's
   */
  public static List<ConfigProblem> unknown(
      Map<String, String> props, Collection<String> known, Collection<String> prefixes) {
    return props.keySet().stream()
        .filter(key -> !known.contains(key))
        .filter(key -> prefixes.stream().anyMatch(key::startsWith))
        .sorted()
        .map(key -> new ConfigProblem(key, "Unknown key" + suggestion(key, known)))
        .toList();
  }

  /** Text that names the nearest of the known names, if one is near; else an empty text. */
  static String suggestion(String name, Collection<String> known) {
    return nearest(name, known).map(near -> ", did you mean '" + near + "'?").orElse("");
  }

  private static Optional<String> nearest(String name, Collection<String> known) {
    int limit = Math.max(2, name.length() / 4);
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The least number of characters to insert, delete or replace to make one of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }

    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }

    return row[b.length()];
  }

  private ConfigKeys() {}
}
