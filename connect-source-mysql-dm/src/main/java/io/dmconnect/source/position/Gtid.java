package io.dmconnect.source.position;

/**
 * The two parts of a GTID's text. MySQL: the source is the server's UUID, and a tag if any, before
 * the last colon ({@code uuid:7}, {@code uuid:tag:7}). MariaDB: it is domain and server id ({@code
 * 0-1} of {@code 0-1-7}).
 */
public final class Gtid {
  private static final int LONGEST_MARIADB_SOURCE = 21;

  private Gtid() {}

  /** The text of source and number. */
  public static String text(String source, long number) {
    return source + (isMariaDb(source) ? '-' : ':') + number;
  }

  /** The source of a text. */
  public static String source(String text) {
    return text.substring(0, cut(text));
  }

  /** The number of a text. */
  public static long number(String text) {
    return Long.parseLong(text.substring(cut(text) + 1));
  }

  private static int cut(String text) {
    int colon = text.lastIndexOf(':');
    return colon < 0 ? text.lastIndexOf('-') : colon;
  }

  /** Two numbers of up to ten digits; a UUID is longer. */
  static boolean isMariaDb(String source) {
    return source.length() <= LONGEST_MARIADB_SOURCE;
  }
}
