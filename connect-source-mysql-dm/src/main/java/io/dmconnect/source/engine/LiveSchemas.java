package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.schema.SchemaReader;
import io.dmconnect.source.snapshot.TableCatalog;
import io.dmconnect.source.stream.ServerSchemas;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the server over connections of its own. */
final class LiveSchemas implements ServerSchemas {
  private final PatientConnections connections;
  private final SchemaReader reader;

  LiveSchemas(PatientConnections connections, SchemaReader reader) {
    this.connections = connections;
    this.reader = reader;
  }

  @Override
  public TableSchema table(TableId table) {
    String what = "the definition of " + table;
    String sql = ask(what, connection -> TableCatalog.createStatement(connection, table));
    return sql == null ? null : reader.read(table, sql);
  }

  @Override
  public String defaultCollation(String schema) {
    String sql =
        "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?";
    return ask("the default collation of " + schema, connection -> text(connection, sql, schema));
  }

  @Override
  public String tableType(TableId table) {
    String sql =
        "SELECT TABLE_TYPE FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";
    return ask(
        "the type of " + table, connection -> text(connection, sql, table.schema(), table.table()));
  }

  /** {@code @@system_time_zone} is an abbreviation, which several zones share; the clock is not. */
  @Override
  public int systemOffset(long epochSeconds) {
    String sql =
        "SELECT TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', FROM_UNIXTIME("
            + epochSeconds
            + ")) - "
            + epochSeconds;
    return ask(
        "the offset of its system's time zone",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION time_zone = 'SYSTEM'");
            try (ResultSet rows = statement.executeQuery(sql)) {
              rows.next();
              int seconds = rows.getInt(1);
              if (rows.wasNull()) {
                throw new SQLException("the server has no local time for " + epochSeconds);
              }
              return seconds;
            }
          }
        });
  }

  /** The first column of the first row; null when there is none. */
  private static String text(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Server.text(rows, 1) : null;
      }
    }
  }

  private <T> T ask(String what, PatientConnections.Question<T> question) {
    try {
      return connections.ask(question);
    } catch (SQLException e) {
      throw new DmException(
          SourceError.UNREACHABLE, "Cannot ask the server for " + what + ": " + e.getMessage(), e);
    }
  }
}
