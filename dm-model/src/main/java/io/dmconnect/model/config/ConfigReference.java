package io.dmconnect.model.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The reference page of a connector's keys in Markdown, made from their definitions. A connector's
 * configuration class has a {@code main} that calls {@link #write}, and a test that expects {@link
 * #difference} to be empty.
 */
public final class ConfigReference {

  /**
   * The page.
   *
   * @param title the page's title
   * @param def the connector's keys
   * @param rules the kinds of aliased rules it takes
   */
  public static String markdown(String title, ConfigDef def, List<AliasedRules> rules) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(title).append("\n\nMade from the definitions; do not edit.\n");
    groups(def.configKeys().values()).forEach((group, keys) -> group(page, group, "", keys));
    for (AliasedRules kind : rules) {
      String prefix = kind.listKey() + ".<alias>.";
      List<ConfigDef.ConfigKey> keys = ordered(kind.fields().configKeys().values());
      group(page, "Rules of `" + kind.listKey() + "`", prefix, keys);
    }

    return page.toString();
  }

  /** Writes the page to a file. */
  public static void write(Path file, String markdown) throws IOException {
    Files.writeString(file, markdown);
  }

  /**
   * How a file differs from the page.
   *
   * @return the first line that differs, with what to do; empty when there is none
   */
  public static Optional<String> difference(Path file, String markdown) throws IOException {
    List<String> actual = Files.exists(file) ? Files.readAllLines(file) : List.of();
    List<String> expected = markdown.lines().toList();
    if (actual.equals(expected)) {
      return Optional.empty();
    }

    int line = 0;
    while (line < Math.min(actual.size(), expected.size())
        && actual.get(line).equals(expected.get(line))) {
      line++;
    }

    return Optional.of(
        String.format(
            "%s differs from the definitions at line %d: it has '%s', not '%s'. Make it again.",
            file, line + 1, lineAt(actual, line), lineAt(expected, line)));
  }

  private static String lineAt(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  private static Map<String, List<ConfigDef.ConfigKey>> groups(
      Collection<ConfigDef.ConfigKey> keys) {
    Map<String, List<ConfigDef.ConfigKey>> groups = new LinkedHashMap<>();
    keys.forEach(key -> groups.computeIfAbsent(key.group, g -> new ArrayList<>()).add(key));
    groups.replaceAll((group, unordered) -> ordered(unordered));
    return groups;
  }

  private static List<ConfigDef.ConfigKey> ordered(Collection<ConfigDef.ConfigKey> keys) {
    return keys.stream()
        .sorted(Comparator.comparingInt((ConfigDef.ConfigKey key) -> key.orderInGroup))
        .toList();
  }

  private static void group(
      StringBuilder page, String title, String prefix, List<ConfigDef.ConfigKey> keys) {
    page.append("\n## ").append(title).append('\n');
    for (ConfigDef.ConfigKey key : keys) {
      page.append("\n### `").append(prefix).append(key.name).append("`\n\n");
      page.append(key.documentation).append("\n\n");
      page.append("- Type: ").append(key.type.name().toLowerCase(Locale.ROOT)).append('\n');
      page.append("- Default: ").append(defaultOf(key)).append('\n');
      if (key.validator != null) {
        page.append("- Valid values: ").append(key.validator).append('\n');
      }

      page.append("- Importance: ").append(key.importance.name().toLowerCase(Locale.ROOT));
      page.append('\n');
    }
  }

  private static String defaultOf(ConfigDef.ConfigKey key) {
    if (!key.hasDefault()) {
      return "none, it must be stated";
    }

    if (key.defaultValue == null) {
      return "none";
    }

    String text = ConfigDef.convertToString(key.defaultValue, key.type);
    return text.isEmpty() ? "empty" : "`" + text + "`";
  }

  private ConfigReference() {}
}
