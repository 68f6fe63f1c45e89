package io.dmconnect.model.join;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The order of character sets and collations: one is below another when every text of it is a text
 * of the other and compares the same way.
 */
final class Charsets {
  private static final Map<String, Set<String>> CONTAINERS =
      Map.of(
          "ascii", Set.of("latin1", "utf8mb3", "utf8mb4"),
          "latin1", Set.of("utf8mb4"),
          "utf8mb3", Set.of("utf8mb4"));

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ascii", "ascii_general_ci",
          "latin1", "latin1_swedish_ci",
          "utf8mb3", "utf8mb3_general_ci");

  /** A character set with a collation, either null when not known. */
  record Text(String charset, String collation) {

    /** In lower case, {@code utf8} as {@code utf8mb3}. */
    static Text of(String charset, String collation) {
      return new Text(normal(charset, "utf8"), normal(collation, "utf8_"));
    }

    private static String normal(String name, String prefix) {
      if (name == null) {
        return null;
      }

      String lower = name.toLowerCase(Locale.ROOT);
      boolean old = prefix.endsWith("_") ? lower.startsWith(prefix) : lower.equals(prefix);
      return old ? "utf8mb3" + lower.substring("utf8".length()) : lower;
    }

    private String suffix() {
      int underscore = collation.indexOf('_');
      return underscore < 0 ? collation : collation.substring(underscore + 1);
    }
  }

  /**
   * The one all others are below; null when there is none.
   *
   * @param keyed whether the text is part of a unique key, where another way to compare can make
   *     two keys equal; a default collation then does not go up to one with other rules
   */
  static Text join(List<Text> texts, boolean keyed) {
    for (Text candidate : texts) {
      if (texts.stream().allMatch(text -> fits(text, candidate, keyed))) {
        return candidate;
      }
    }

    return null;
  }

  private static boolean fits(Text small, Text large, boolean keyed) {
    if (small.charset == null || small.equals(large)) {
      return true;
    }

    if (large.charset == null) {
      return false;
    }

    if (small.charset.equals(large.charset)) {
      return small.collation == null;
    }

    if (!CONTAINERS.getOrDefault(small.charset, Set.of()).contains(large.charset)) {
      return false;
    }

    return small.collation == null
        || large.collation == null
        || small.suffix().equals(large.suffix())
        || (!keyed && small.collation.equals(DEFAULTS.get(small.charset)));
  }

  private Charsets() {}
}
