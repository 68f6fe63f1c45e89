package io.dmconnect.sink.target;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where TiDB differs from MySQL, as tables: what its error codes ask for, and what parts of MySQL's
 * and MariaDB's schema changes it does not take. The codes are those of TiDB's {@code
 * pkg/errno/errcode.go}, below 3,000 they are MySQL's; the rest was tried on TiDB 8.4.
 */
public final class TiDbCompatibility {

  /** Codes by what they ask for. What is not here goes by its SQLSTATE. */
  static final Map<Integer, Refusal> BY_CODE =
      Map.ofEntries(
          // Lock wait timeout, deadlock.
          Map.entry(1205, Refusal.TRY_AGAIN),
          Map.entry(1213, Refusal.TRY_AGAIN),
          // Too many connections; server shutting down; query killed.
          Map.entry(1040, Refusal.TRY_AGAIN),
          Map.entry(1053, Refusal.UNREACHABLE),
          Map.entry(1317, Refusal.TRY_AGAIN),
          // Transaction conflicts and schema versions.
          Map.entry(8002, Refusal.TRY_AGAIN),
          Map.entry(8020, Refusal.TRY_AGAIN),
          Map.entry(8021, Refusal.TRY_AGAIN),
          Map.entry(8022, Refusal.TRY_AGAIN),
          Map.entry(8023, Refusal.TRY_AGAIN),
          Map.entry(8024, Refusal.TRY_AGAIN),
          Map.entry(8027, Refusal.TRY_AGAIN),
          Map.entry(8028, Refusal.TRY_AGAIN),
          Map.entry(8147, Refusal.TRY_AGAIN),
          Map.entry(8175, Refusal.TRY_AGAIN),
          // PD and TiKV: timeouts, busy, region unavailable, resolve lock, write conflict.
          Map.entry(9001, Refusal.TRY_AGAIN),
          Map.entry(9002, Refusal.TRY_AGAIN),
          Map.entry(9003, Refusal.TRY_AGAIN),
          Map.entry(9004, Refusal.TRY_AGAIN),
          Map.entry(9005, Refusal.TRY_AGAIN),
          Map.entry(9006, Refusal.TRY_AGAIN),
          Map.entry(9007, Refusal.TRY_AGAIN),
          Map.entry(9010, Refusal.TRY_AGAIN),
          Map.entry(9011, Refusal.TRY_AGAIN),
          Map.entry(9012, Refusal.TRY_AGAIN),
          Map.entry(9013, Refusal.TRY_AGAIN),
          // Commit outcome unknown.
          Map.entry(8501, Refusal.UNREACHABLE),
          // Accounts and privileges.
          Map.entry(1044, Refusal.DENIED),
          Map.entry(1045, Refusal.DENIED),
          Map.entry(1142, Refusal.DENIED),
          Map.entry(1143, Refusal.DENIED),
          Map.entry(1227, Refusal.DENIED),
          Map.entry(1698, Refusal.DENIED),
          // Values.
          Map.entry(1048, Refusal.VALUE),
          Map.entry(1062, Refusal.VALUE),
          Map.entry(1263, Refusal.VALUE),
          Map.entry(1264, Refusal.VALUE),
          Map.entry(1265, Refusal.VALUE),
          Map.entry(1292, Refusal.VALUE),
          Map.entry(1366, Refusal.VALUE),
          Map.entry(1367, Refusal.VALUE),
          Map.entry(1406, Refusal.VALUE),
          Map.entry(1411, Refusal.VALUE),
          Map.entry(1416, Refusal.VALUE),
          Map.entry(1439, Refusal.VALUE),
          Map.entry(1441, Refusal.VALUE),
          Map.entry(1525, Refusal.VALUE),
          Map.entry(1526, Refusal.VALUE),
          Map.entry(1690, Refusal.VALUE),
          Map.entry(3140, Refusal.VALUE),
          Map.entry(3819, Refusal.VALUE),
          Map.entry(8025, Refusal.VALUE),
          // Things that are missing or in the way.
          Map.entry(1049, Refusal.SCHEMA),
          Map.entry(1054, Refusal.SCHEMA),
          Map.entry(1136, Refusal.SCHEMA),
          Map.entry(1146, Refusal.SCHEMA),
          Map.entry(1364, Refusal.SCHEMA),
          Map.entry(3105, Refusal.SCHEMA));

  /** Duplicate column, duplicate index, column or index to be dropped that is not there. */
  private static final Set<Integer> DONE_BEFORE = Set.of(1060, 1061, 1091);

  /** The modes a TiDB session knows; those of MySQL that are about time zero are left out. */
  static final Set<String> SQL_MODES =
      Set.of(
          "REAL_AS_FLOAT",
          "PIPES_AS_CONCAT",
          "ANSI_QUOTES",
          "IGNORE_SPACE",
          "ONLY_FULL_GROUP_BY",
          "NO_UNSIGNED_SUBTRACTION",
          "NO_DIR_IN_CREATE",
          "ANSI",
          "NO_AUTO_VALUE_ON_ZERO",
          "NO_BACKSLASH_ESCAPES",
          "STRICT_TRANS_TABLES",
          "STRICT_ALL_TABLES",
          "ALLOW_INVALID_DATES",
          "TRADITIONAL",
          "HIGH_NOT_PRECEDENCE",
          "NO_ENGINE_SUBSTITUTION",
          "PAD_CHAR_TO_FULL_LENGTH");

  /** The collations of TiDB's new collation framework. */
  static final Set<String> COLLATIONS =
      Set.of(
          "ascii_bin",
          "binary",
          "gbk_bin",
          "gbk_chinese_ci",
          "latin1_bin",
          "utf8_bin",
          "utf8_general_ci",
          "utf8_unicode_ci",
          "utf8mb4_0900_ai_ci",
          "utf8mb4_0900_bin",
          "utf8mb4_bin",
          "utf8mb4_general_ci",
          "utf8mb4_unicode_ci");

  static final Set<String> CHARSETS =
      Set.of("ascii", "binary", "gbk", "latin1", "utf8", "utf8mb3", "utf8mb4");

  /** TiDB has no spatial types: they are kept as the bytes MySQL stores. */
  static final Set<String> SPATIAL_TYPES =
      Set.of(
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection");

  private static final String BYTES_TYPE = "longblob";

  /** MariaDB's types that TiDB does not have, and what holds their text. */
  private static final Map<String, String> TEXT_TYPES =
      Map.of("uuid", "char(36)", "inet4", "varchar(15)", "inet6", "varchar(45)");

  /** Functions that TiDB takes in {@code DEFAULT (…)}; other expressions are left out. */
  public static final Set<String> DEFAULT_FUNCTIONS =
      Set.of(
          "rand",
          "uuid",
          "uuid_to_bin",
          "current_date",
          "curdate",
          "json_array",
          "json_object",
          "json_quote",
          "date_format",
          "str_to_date",
          "vec_from_text");

  /** First words of the parts of ALTER TABLE that mean nothing to TiDB or are refused by it. */
  public static final Set<String> IGNORED_ALTERS =
      Set.of(
          "algorithm",
          "lock",
          "force",
          "discard",
          "import",
          "disable",
          "enable",
          "order",
          "secondary_load",
          "secondary_unload",
          "with",
          "without",
          "engine",
          "stats_persistent",
          "stats_auto_recalc",
          "stats_sample_pages",
          "union",
          "insert_method",
          "page_compressed",
          "page_compression_level",
          "page_checksum",
          "transactional",
          "encrypted",
          "encryption_key_id",
          "autoextend_size",
          "engine_attribute");

  /** Table options, each with one value, that TiDB's parser refuses. */
  public static final Set<String> REFUSED_TABLE_OPTIONS =
      Set.of(
          "union",
          "insert_method",
          "page_compressed",
          "page_compression_level",
          "page_checksum",
          "transactional",
          "encrypted",
          "encryption_key_id",
          "autoextend_size",
          "engine_attribute",
          "secondary_engine_attribute",
          "ietf_quotes");

  /** The type that keeps the values of a MySQL or MariaDB type. */
  public static String columnType(String mysqlType) {
    return SPATIAL_TYPES.contains(mysqlType)
        ? BYTES_TYPE
        : TEXT_TYPES.getOrDefault(mysqlType, mysqlType);
  }

  /** The charset that holds the characters of a MySQL charset. */
  public static String charset(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return CHARSETS.contains(lower) ? lower : "utf8mb4";
  }

  /**
   * The collation nearest to one of MySQL or MariaDB. Where TiDB has none that treats the same
   * characters as equal, it is one that treats fewer as equal, so that no row is refused.
   */
  public static String collation(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceFirst("^utf8mb3_", "utf8_");
    if (COLLATIONS.contains(lower)) {
      return lower;
    }

    int cut = lower.indexOf('_');
    String charset = charset(cut < 0 ? lower : lower.substring(0, cut));
    boolean folds = lower.endsWith("_ci") && !lower.endsWith("_as_ci");
    if (!folds || charset.equals("latin1") || charset.equals("ascii")) {
      return charset.equals("binary") ? "binary" : charset + "_bin";
    }

    if (charset.equals("gbk")) {
      return "gbk_chinese_ci";
    }

    boolean noPad = lower.contains("_0900_") || lower.contains("_nopad_");
    boolean unicode = noPad || lower.matches(".*(unicode|_520_|uca1400).*");
    if (noPad && charset.equals("utf8mb4")) {
      return "utf8mb4_0900_ai_ci";
    }

    return charset + (unicode ? "_unicode_ci" : "_general_ci");
  }

  /**
   * The modes for a schema change: those of the upstream's session that TiDB knows. Zero dates are
   * allowed as they are for rows.
   */
  public static String sqlMode(String upstream) {
    return Arrays.stream(upstream.split(",", -1))
        .map(mode -> mode.trim().toUpperCase(Locale.ROOT))
        .filter(SQL_MODES::contains)
        .collect(Collectors.joining(","));
  }

  /**
   * Whether the target refuses a change of one column or index because it looks already as it would
   * afterwards.
   */
  public static boolean saysItIsDone(SQLException error) {
    return DONE_BEFORE.contains(error.getErrorCode());
  }

  /** What an error means. */
  public static Refusal refusal(SQLException error) {
    Refusal byCode = BY_CODE.get(error.getErrorCode());
    if (byCode != null) {
      return byCode;
    }

    String message = error.getMessage() == null ? "" : error.getMessage();
    if (error.getErrorCode() == 1105) {
      return unknownError(message.toLowerCase(Locale.ROOT));
    }

    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (state.startsWith("08") || error instanceof java.sql.SQLTransientConnectionException) {
      return Refusal.UNREACHABLE;
    }

    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "40" -> Refusal.TRY_AGAIN;
      case "28" -> Refusal.DENIED;
      case "22", "23" -> Refusal.VALUE;
      case "42" -> Refusal.SCHEMA;
      default -> Refusal.OTHER;
    };
  }

  /** TiDB reports what has no code of its own under MySQL's "unknown error". */
  private static Refusal unknownError(String message) {
    if (message.contains("information schema is changed")
        || message.contains("information schema is out of date")
        || message.contains("try again later")
        || message.contains("write conflict")
        || message.contains("region is unavailable")
        || message.contains("deadline exceeded")
        || message.contains("tikv server")
        || message.contains("transaction is aborted")
        || message.contains("context canceled")) {
      return Refusal.TRY_AGAIN;
    }

    return message.contains("undetermined") ? Refusal.UNREACHABLE : Refusal.OTHER;
  }

  private TiDbCompatibility() {}
}
