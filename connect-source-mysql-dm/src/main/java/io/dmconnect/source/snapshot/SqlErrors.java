package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What MySQL's error numbers mean for a dump (MySQL manual, "Server Error Message Reference"). */
final class SqlErrors {
  private static final int UNKNOWN_COLUMN = 1054;
  private static final int NO_SUCH_TABLE = 1146;
  private static final int UNKNOWN_KEY = 1176;
  private static final int TABLE_DEFINITION_CHANGED = 1412;
  private static final Set<Integer> TRANSIENT =
      Set.of(1040, 1042, 1043, 1053, 1158, 1159, 1160, 1161, 1205, 1213, 1226, 1317, 3024, 4031);

  private SqlErrors() {}

  /** Whether the table is no longer what the statement expects. */
  static boolean isTableChanged(SQLException e) {
    int code = e.getErrorCode();
    return code == UNKNOWN_COLUMN
        || code == NO_SUCH_TABLE
        || code == UNKNOWN_KEY
        || code == TABLE_DEFINITION_CHANGED;
  }

  /** Whether the same may work on a new connection. */
  static boolean isTransient(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || (state != null && state.startsWith("08"))
        || TRANSIENT.contains(e.getErrorCode());
  }

  static SQLException tableGone(TableId table) {
    return new SQLException("Table " + table + " does not exist", "42S02", NO_SUCH_TABLE);
  }
}
