package io.dmconnect.source.error;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * The errors after which the same may work on a new connection, by MySQL's and MariaDB's numbers
 * (MySQL manual, "Server Error Message Reference"): the server is full, goes down, or ended the
 * connection or the statement.
 */
public final class TransientErrors {
  private static final Set<Integer> CODES =
      Set.of(
          1040, 1042, 1043, 1053, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1226, 1317, 1927, 3024,
          3032, 3169, 4031);

  private TransientErrors() {}

  /** Whether the server's error number is such a one. */
  public static boolean isTransient(int errorCode) {
    return CODES.contains(errorCode);
  }

  /** Whether the error is such a one; a server whose certificate is not trusted stays so. */
  public static boolean isTransient(SQLException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException) {
        return false;
      }
    }
    String state = e.getSQLState();
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || (state != null && state.startsWith("08"))
        || isTransient(e.getErrorCode());
  }
}
