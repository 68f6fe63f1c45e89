package io.dmconnect.sink.target;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * What TiDB's error codes mean to the sink. The numbers are those of TiDB's {@code
 * pkg/errno/errcode.go}; below 3,000 they are MySQL's.
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
