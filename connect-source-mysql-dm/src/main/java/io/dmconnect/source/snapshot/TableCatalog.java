package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.source.jdbc.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the server says about its tables. */
public final class TableCatalog {
  private static final int NO_SUCH_TABLE = 1146;
  private static final int UNKNOWN_DATABASE = 1049;
  private static final Pattern AUTO_INCREMENT = Pattern.compile(" AUTO_INCREMENT=\\d+");

  private TableCatalog() {}

  /**
   * The base tables that the predicate takes, with the server's estimate of their rows (-1 without
   * one). The estimate is for showing progress only.
   */
  public static Map<TableId, Long> tables(Connection connection, Predicate<TableId> captured)
      throws SQLException {
    Map<TableId, Long> found = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES"
                    + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN"
                    + " ('mysql', 'information_schema', 'performance_schema', 'sys')")) {
      while (rows.next()) {
        TableId table = new TableId(Server.text(rows, 1), Server.text(rows, 2));
        String estimate = Server.text(rows, 3);
        if (captured.test(table)) {
          found.put(table, estimate == null ? -1 : Long.parseLong(estimate));
        }
      }
    }
    return found;
  }

  /** The names of the server's schemas, those without tables included. */
  public static Set<String> schemas(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA")) {
      while (rows.next()) {
        names.add(Server.text(rows, 1));
      }
    }
    return names;
  }

  /**
   * The table's {@code CREATE TABLE} statement without the next AUTO_INCREMENT value, which every
   * insert changes; null when there is no such table.
   */
  public static String createStatement(Connection connection, TableId table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + table.quoted())) {
      rows.next();
      String sql = Server.text(rows, 2);
      int options = sql.lastIndexOf("\n)");
      return options < 0
          ? sql
          : sql.substring(0, options)
              + AUTO_INCREMENT.matcher(sql.substring(options)).replaceFirst("");
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == UNKNOWN_DATABASE) {
        return null;
      }
      throw e;
    }
  }
}
