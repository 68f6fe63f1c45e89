package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.schema.SchemaReader;
import io.dmconnect.source.snapshot.TableCatalog;
import io.dmconnect.source.stream.ServerSchemas;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the server over a connection of its own. */
final class LiveSchemas implements ServerSchemas {
  private final Connections connections;
  private final SchemaReader reader;

  LiveSchemas(Connections connections, SchemaReader reader) {
    this.connections = connections;
    this.reader = reader;
  }

  @Override
  public TableSchema table(TableId table) {
    try (Connection connection = connections.open()) {
      String sql = TableCatalog.createStatement(connection, table);
      return sql == null ? null : reader.read(table, sql);
    } catch (SQLException e) {
      throw failed("the definition of " + table, e);
    }
  }

  @Override
  public String defaultCollation(String schema) {
    String sql =
        "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?";
    try (Connection connection = connections.open();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Server.text(rows, 1) : null;
      }
    } catch (SQLException e) {
      throw failed("the default collation of " + schema, e);
    }
  }

  @Override
  public String tableType(TableId table) {
    String sql =
        "SELECT TABLE_TYPE FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";
    try (Connection connection = connections.open();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Server.text(rows, 1) : null;
      }
    } catch (SQLException e) {
      throw failed("the type of " + table, e);
    }
  }

  /** {@code @@system_time_zone} is an abbreviation, which several zones share; the clock is not. */
  @Override
  public int systemOffset(long epochSeconds) {
    String sql =
        "SELECT TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', FROM_UNIXTIME("
            + epochSeconds
            + ")) - "
            + epochSeconds;
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION time_zone = 'SYSTEM'");
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw failed("the offset of its system's time zone", e);
    }
  }

  private static DmException failed(String what, SQLException e) {
    return new DmException(
        SourceError.UNREACHABLE, "Cannot ask the server for " + what + ": " + e.getMessage(), e);
  }
}
