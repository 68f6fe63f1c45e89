package io.dmconnect.source.value;

/**
 * What of a server's output depends on its version.
 *
 * @param oldJson whether JSON text is that of MySQL 5.7: an integral double has no {@code .0}, and
 *     line breaks in base64 are not escaped
 */
public record ServerTraits(boolean oldJson) {

  /** The traits of MySQL 8.0 and later and of MariaDB. */
  public static final ServerTraits CURRENT = new ServerTraits(false);

  /** The traits of a server by its {@code version()}. */
  public static ServerTraits ofVersion(String version) {
    return version.startsWith("5.") ? new ServerTraits(true) : CURRENT;
  }
}
