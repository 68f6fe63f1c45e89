package io.dmconnect.sink.sql;

import io.dmconnect.sink.table.TargetTable;

/**
 * A statement to run on the target, in a session with {@link TargetSession#SETTINGS}. It is run
 * with JDBC's escape processing off ({@code Statement.setEscapeProcessing(false)}): braces inside
 * literals are data.
 *
 * @param table the table it writes
 * @param kind what it does
 * @param sql its text
 * @param rows how many rows it is about
 * @param data the rows of a LOAD DATA; null for any other statement
 * @param lenient whether it must run under {@link TargetSession#LENIENT_SQL_MODE} because a value,
 *     though valid in MySQL, is refused by a strict session (the error value of an ENUM); the
 *     strict mode is restored right after, also on errors
 */
public record PlannedStatement(
    TargetTable table, Kind kind, String sql, int rows, RowData data, boolean lenient) {

  /** Whether it is a LOAD DATA, which takes its rows from {@link #data()}. */
  public boolean loads() {
    return data != null;
  }

  /** What a statement does. */
  public enum Kind {
    /** {@code DELETE}. */
    DELETE,
    /** {@code INSERT}; an existing row is an error, for a LOAD DATA a row less than it has. */
    INSERT,
    /** {@code REPLACE}, or LOAD DATA with it. */
    REPLACE,
    /** {@code INSERT … ON DUPLICATE KEY UPDATE} of whole rows. */
    UPSERT,
    /** {@code UPDATE} of one row. */
    UPDATE
  }
}
