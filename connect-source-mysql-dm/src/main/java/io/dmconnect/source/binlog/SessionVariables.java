package io.dmconnect.source.binlog;

import com.mysql.cj.CharsetMapping;
import java.nio.charset.StandardCharsets;

/**
 * What a QUERY_EVENT's status variables tell about the session.
 *
 * @param sqlModeBits {@code sql_mode} as the server's bit set; -1 when not told
 * @param timeZone {@code time_zone}; null when not told (then the statement does not depend on it)
 * @param clientCollationId the default collation of {@code character_set_client}; -1 when not told
 * @param connectionCollationId {@code collation_connection}; -1 when not told
 * @param serverCollationId {@code collation_server}; -1 when not told
 * @param utf8mb4CollationId {@code default_collation_for_utf8mb4}; -1 when not told
 * @param explicitDefaultsForTimestamp {@code explicit_defaults_for_timestamp}; null when not told
 * @param microseconds the fraction of the statement's start; 0 when not told
 */
public record SessionVariables(
    long sqlModeBits,
    String timeZone,
    int clientCollationId,
    int connectionCollationId,
    int serverCollationId,
    int utf8mb4CollationId,
    Boolean explicitDefaultsForTimestamp,
    int microseconds) {

  private static final int FLAGS2 = 0;
  private static final int SQL_MODE = 1;
  private static final int CATALOG = 2;
  private static final int AUTO_INCREMENT = 3;
  private static final int CHARSET = 4;
  private static final int TIME_ZONE = 5;
  private static final int CATALOG_NZ = 6;
  private static final int LC_TIME_NAMES = 7;
  private static final int CHARSET_DATABASE = 8;
  private static final int TABLE_MAP_FOR_UPDATE = 9;
  private static final int MASTER_DATA_WRITTEN = 10;
  private static final int INVOKER = 11;
  private static final int UPDATED_DB_NAMES = 12;
  private static final int MICROSECONDS = 13;
  private static final int EXPLICIT_DEFAULTS_FOR_TIMESTAMP = 16;
  private static final int DDL_LOGGED_WITH_XID = 17;
  private static final int DEFAULT_COLLATION_FOR_UTF8MB4 = 18;
  private static final int SQL_REQUIRE_PRIMARY_KEY = 19;
  private static final int DEFAULT_TABLE_ENCRYPTION = 20;
  private static final int HRNOW = 128;
  private static final int XID = 129;
  private static final int TOO_MANY_DATABASES = 254;

  /**
   * Reads the block of (code, value) pairs; the codes are {@code Query_event_post_header_offset} of
   * MySQL's {@code libbinlogevents/include/statement_events.h}, those from 128 on MariaDB's. An
   * unknown code ends it: the ones wanted come first.
   */
  static SessionVariables parse(byte[] b, int from, int length) {
    long sqlMode = -1;
    String timeZone = null;
    int client = -1;
    int connection = -1;
    int server = -1;
    int utf8mb4 = -1;
    Boolean explicitDefaults = null;
    int microseconds = 0;
    int at = from;
    int end = from + length;
    boolean known = true;
    while (known && at < end) {
      int code = b[at++] & 0xff;
      switch (code) {
        case SQL_MODE -> sqlMode = Bytes.int64(b, at);
        case TIME_ZONE -> timeZone = new String(b, at + 1, b[at] & 0xff, StandardCharsets.US_ASCII);
        case CHARSET -> {
          client = Bytes.uint16(b, at);
          connection = Bytes.uint16(b, at + 2);
          server = Bytes.uint16(b, at + 4);
        }
        case DEFAULT_COLLATION_FOR_UTF8MB4 -> utf8mb4 = Bytes.uint16(b, at);
        case EXPLICIT_DEFAULTS_FOR_TIMESTAMP -> explicitDefaults = b[at] != 0;
        case MICROSECONDS, HRNOW -> microseconds = (int) Bytes.uint24(b, at);
        default -> {}
      }
      int size = size(code, b, at, end);
      known = size >= 0;
      at += size;
    }
    return new SessionVariables(
        sqlMode,
        emptyToNull(timeZone),
        client,
        connection,
        server,
        utf8mb4,
        explicitDefaults,
        microseconds);
  }

  /** The value's length; -1 for a code that is not known. */
  private static int size(int code, byte[] b, int at, int end) {
    return switch (code) {
      case FLAGS2, AUTO_INCREMENT, MASTER_DATA_WRITTEN -> 4;
      case SQL_MODE, TABLE_MAP_FOR_UPDATE, DDL_LOGGED_WITH_XID, XID -> 8;
      case CATALOG -> (b[at] & 0xff) + 2;
      case CHARSET -> 6;
      case TIME_ZONE, CATALOG_NZ -> (b[at] & 0xff) + 1;
      case LC_TIME_NAMES, CHARSET_DATABASE, DEFAULT_COLLATION_FOR_UTF8MB4 -> 2;
      case INVOKER -> {
        int user = (b[at] & 0xff) + 1;
        yield user + (b[at + user] & 0xff) + 1;
      }
      case UPDATED_DB_NAMES -> namesLength(b, at, end);
      case MICROSECONDS, HRNOW -> 3;
      case EXPLICIT_DEFAULTS_FOR_TIMESTAMP, SQL_REQUIRE_PRIMARY_KEY, DEFAULT_TABLE_ENCRYPTION -> 1;
      default -> -1;
    };
  }

  private static int namesLength(byte[] b, int at, int end) {
    int count = b[at] & 0xff;
    int next = at + 1;
    if (count != TOO_MANY_DATABASES) {
      for (int i = 0; i < count; i++) {
        while (next < end && b[next] != 0) {
          next++;
        }
        next++;
      }
    }
    return next - at;
  }

  /** {@code sql_mode} as text; empty when none or not told. */
  public String sqlMode() {
    return sqlModeBits < 0 ? "" : SqlModeBits.text(sqlModeBits);
  }

  /** {@code character_set_client}; null when not told. */
  public String charset() {
    return clientCollationId < 0
        ? null
        : CharsetMapping.getStaticMysqlCharsetNameForCollationIndex(clientCollationId);
  }

  /** {@code collation_connection}; null when not told. */
  public String collation() {
    return collationName(connectionCollationId);
  }

  /** {@code collation_server}; null when not told. */
  public String serverCollation() {
    return collationName(serverCollationId);
  }

  /** {@code default_collation_for_utf8mb4}; null when not told. */
  public String utf8mb4Collation() {
    return collationName(utf8mb4CollationId);
  }

  private static String collationName(int id) {
    return id < 0 ? null : CharsetMapping.getStaticCollationNameForCollationIndex(id);
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
