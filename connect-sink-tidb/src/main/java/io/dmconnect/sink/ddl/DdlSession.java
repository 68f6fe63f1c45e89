package io.dmconnect.sink.ddl;

import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives a connection the session in which a schema change ran upstream. */
final class DdlSession {

  /** Applies what the statement's meaning depends on. The connection is not reused for rows. */
  static void apply(Connection connection, DdlEvent event) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(
          "SET SESSION sql_mode = '" + TiDbCompatibility.sqlMode(event.sqlMode()) + "'");
      statement.execute(
          "SET SESSION timestamp = " + BigDecimal.valueOf(event.timestampMicros(), 6));
      if (event.collation() != null) {
        statement.execute(
            "SET SESSION collation_connection = '"
                + TiDbCompatibility.collation(event.collation())
                + "'");
      }

      String zone = event.timeZone();
      boolean known = zone != null && !zone.equalsIgnoreCase("SYSTEM");
      statement.execute(
          "SET SESSION time_zone = '" + (known ? zone.replace("'", "") : "+00:00") + "'");
    }
  }

  /** The connection's number on the server. */
  static long id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether the server asked, or the one behind it, has the connection. */
  static boolean isThere(Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = " + id)) {
      return row.next();
    }
  }

  private DdlSession() {}
}
