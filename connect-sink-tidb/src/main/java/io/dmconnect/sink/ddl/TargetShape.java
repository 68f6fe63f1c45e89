package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.table.PublicNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a target table looks like now.
 *
 * @param columns the columns by name in lower case, in order; empty when there is no such table
 * @param indexes the indexes by name in lower case
 */
record TargetShape(Map<String, Column> columns, Map<String, Index> indexes) {

  /**
   * A column.
   *
   * @param type the type in the spelling of {@link ColumnTypes}
   * @param nullable whether NULL is allowed
   * @param hasDefault whether a row without a value for it can be inserted
   */
  record Column(String type, boolean nullable, boolean hasDefault) {}

  /**
   * An index.
   *
   * @param unique whether it is unique
   * @param columns its columns in lower case; empty text for an expression
   */
  record Index(boolean unique, List<String> columns) {}

  boolean exists() {
    return !columns.isEmpty();
  }

  /** Reads a table as the connection can use it: what a change under way adds is not there yet. */
  static TargetShape read(Connection connection, TableId table) throws SQLException {
    Map<String, Column> columns = columns(connection, table);
    Map<String, Index> indexes = indexes(connection, table);
    PublicNames names = PublicNames.read(connection, table);
    columns.keySet().removeIf(name -> !names.hasColumn(name));
    indexes.keySet().removeIf(name -> !names.hasIndex(name));
    return new TargetShape(columns, indexes);
  }

  private static Map<String, Column> columns(Connection connection, TableId table)
      throws SQLException {
    Map<String, Column> columns = new LinkedHashMap<>();
    try (PreparedStatement query =
        prepare(
            connection,
            "SELECT column_name, column_type, is_nullable, column_default, extra"
                + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
                + " ORDER BY ordinal_position",
            table)) {
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          boolean nullable = "YES".equalsIgnoreCase(row.getString(3));
          String extra = row.getString(5) == null ? "" : row.getString(5).toLowerCase(Locale.ROOT);
          boolean hasDefault =
              nullable
                  || row.getString(4) != null
                  || extra.contains("auto_increment")
                  || extra.contains("generated");
          columns.put(
              row.getString(1).toLowerCase(Locale.ROOT),
              new Column(ColumnTypes.ofTarget(row.getString(2)), nullable, hasDefault));
        }
      }
    }

    return columns;
  }

  private static Map<String, Index> indexes(Connection connection, TableId table)
      throws SQLException {
    Map<String, Index> indexes = new LinkedHashMap<>();
    try (PreparedStatement query =
        prepare(
            connection,
            "SELECT index_name, non_unique, column_name FROM information_schema.statistics"
                + " WHERE table_schema = ? AND table_name = ? ORDER BY index_name, seq_in_index",
            table)) {
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          boolean unique = row.getInt(2) == 0;
          String column = row.getString(3);
          indexes
              .computeIfAbsent(
                  row.getString(1).toLowerCase(Locale.ROOT),
                  name -> new Index(unique, new ArrayList<>()))
              .columns()
              .add(column == null ? "" : column.toLowerCase(Locale.ROOT));
        }
      }
    }

    return indexes;
  }

  private static PreparedStatement prepare(Connection connection, String sql, TableId table)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setString(1, table.schema());
    query.setString(2, table.table());
    return query;
  }
}
