package io.dmconnect.sink.target;

import static java.util.Objects.requireNonNull;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/**
 * Runs LOAD DATA LOCAL on rows in memory, and takes it as done only when it did what an INSERT in
 * strict mode would have done. Immutable; safe for several threads with a connection each.
 *
 * <p>With LOCAL the server asks the client for the file (MySQL Reference Manual, "Security
 * Considerations for LOAD DATA LOCAL"). The driver answers with the rows at hand, and only while
 * such a statement runs: at any other time it refuses, so that no server gets at files of the
 * worker.
 */
public final class RowLoader {

  /** The rows were not all stored as they are; the transaction has to be rolled back. */
  public static final class NotLoadedException extends SQLException {
    private static final long serialVersionUID = 1;

    NotLoadedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final String serverVersion;

  /**
   * A loader for servers of one version: another one of the same cluster may commit the transaction
   * that it loads in.
   */
  public RowLoader(String serverVersion) {
    this.serverVersion = requireNonNull(serverVersion, "serverVersion is null");
  }

  /** The version of the server that a connection leads to. */
  public static String version(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductVersion();
  }

  /** Whether a connection leads to a server of the loader's version. */
  public boolean suits(Connection connection) throws SQLException {
    return version(connection).equals(serverVersion);
  }

  /**
   * Loads rows in the statement's transaction.
   *
   * @param sql a LOAD DATA LOCAL
   * @param data the rows' text
   * @param rows how many they are
   * @param replaces whether rows that are there are replaced, so that more rows than those are
   *     affected
   * @throws NotLoadedException when the target left rows out (with REPLACE also those that are
   *     there with the same values), changed values or refuses, and when it is of another version
   * @throws SQLException when it cannot be reached or asks to try again
   */
  public void load(Statement statement, String sql, InputStream data, int rows, boolean replaces)
      throws SQLException {
    Connection connection = statement.getConnection();
    if (!suits(connection)) {
      String version = version(connection);
      throw new NotLoadedException("version " + version + " instead of " + serverVersion, null);
    }

    long affected;
    SQLWarning warning;
    try {
      affected = run(statement, sql, data);
      warning = statement.getWarnings();
    } catch (SQLException e) {
      Refusal refusal = TiDbCompatibility.refusal(e);
      if (refusal == Refusal.UNREACHABLE || refusal == Refusal.TRY_AGAIN) {
        throw e;
      }

      throw new NotLoadedException("error " + e.getErrorCode(), e);
    }

    if (warning != null) {
      throw new NotLoadedException("warning " + warning.getErrorCode(), warning);
    }

    if (replaces ? affected < rows : affected != rows) {
      throw new NotLoadedException(affected + " rows of " + rows, null);
    }
  }

  private static long run(Statement statement, String sql, InputStream data) throws SQLException {
    JdbcStatement local = statement.unwrap(JdbcStatement.class);
    RuntimeProperty<Boolean> allowed =
        statement
            .getConnection()
            .unwrap(JdbcConnection.class)
            .getPropertySet()
            .getBooleanProperty(PropertyKey.allowLoadLocalInfile);
    local.setLocalInfileInputStream(data);
    allowed.setValue(true);
    long affected;
    try {
      affected = statement.executeLargeUpdate(sql);
    } finally {
      allowed.setValue(false);
    }

    // After a failure the driver may have closed the statement, which refuses this call then.
    local.setLocalInfileInputStream(null);
    return affected;
  }
}
