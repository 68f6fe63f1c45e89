package io.dmconnect.sink.ddl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What became of a statement, by TiDB's list of schema change jobs. A job keeps the statement's
 * text, leading comments included, so every statement begins with a comment of its own.
 */
final class JobHistory {
  private static final int TAG_BYTES = 12;

  /** What became of a statement. */
  enum Outcome {
    /** No job was made, or it was cancelled. */
    NONE,
    /** It is queued or runs. */
    RUNNING,
    /** It ran. */
    RAN
  }

  /**
   * The statement with its comment.
   *
   * @param token of the ledger's entry, so that a change of the same id in another life of the
   *     pipeline is not taken for this one
   */
  static String tagged(String token, String sql) {
    return tag(token, sql) + " " + sql;
  }

  private static String tag(String token, String sql) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest((token + " " + sql).getBytes(StandardCharsets.UTF_8));
      return "/* dm-connect " + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + " */";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** What became of a statement that may have been sent before. */
  static Outcome outcome(Connection connection, String token, String sql) throws SQLException {
    Outcome outcome = Outcome.NONE;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT state FROM information_schema.ddl_jobs WHERE query LIKE ?")) {
      query.setString(1, tag(token, sql) + "%");
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          switch (row.getString(1).toLowerCase(Locale.ROOT)) {
            case "synced", "done" -> {
              return Outcome.RAN;
            }
            case "cancelled", "rollback done" -> {}
            default -> outcome = Outcome.RUNNING;
          }
        }
      }
    }

    return outcome;
  }

  private JobHistory() {}
}
