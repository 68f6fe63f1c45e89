package io.dmconnect.source.value;

/** How a server prints JSON. */
public enum JsonStyle {
  /** MySQL 8.0 and later; MariaDB has no binary JSON. */
  CURRENT,
  /** An integral double has no {@code .0}, and line breaks in base64 are not escaped. */
  MYSQL_5_7;

  /** The style of a server by its {@code version()}. */
  public static JsonStyle ofVersion(String version) {
    return version.startsWith("5.") && !version.contains("MariaDB") ? MYSQL_5_7 : CURRENT;
  }
}
