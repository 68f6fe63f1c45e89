package io.dmconnect.model.ddl;

/** The names of character sets and collations in their current spelling. */
final class CharsetNames {
  private CharsetNames() {}

  /** A charset in lower case; the old name {@code utf8} is {@code utf8mb3}. */
  static String charset(String name) {
    String lower = SqlText.lower(name);
    return lower.equals("utf8") ? "utf8mb3" : lower;
  }

  /** A collation in lower case; {@code utf8_…} is {@code utf8mb3_…}. */
  static String collation(String name) {
    String lower = SqlText.lower(name);
    return lower.startsWith("utf8_") ? "utf8mb3_" + lower.substring("utf8_".length()) : lower;
  }
}
