package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import java.sql.SQLException;

/** What MySQL's error numbers mean for a dump (MySQL manual, "Server Error Message Reference"). */
final class SqlErrors {
  private static final int UNKNOWN_COLUMN = 1054;
  private static final int NO_SUCH_TABLE = 1146;
  private static final int UNKNOWN_KEY = 1176;
  private static final int TABLE_DEFINITION_CHANGED = 1412;

  private SqlErrors() {}

  /** Whether the table is no longer what the statement expects. */
  static boolean isTableChanged(SQLException e) {
    int code = e.getErrorCode();
    return code == UNKNOWN_COLUMN
        || code == NO_SUCH_TABLE
        || code == UNKNOWN_KEY
        || code == TABLE_DEFINITION_CHANGED;
  }

  static SQLException tableGone(TableId table) {
    return new SQLException("Table " + table + " does not exist", "42S02", NO_SUCH_TABLE);
  }
}
