package io.dmconnect.source.rows;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Reads a table's schema from a server's information_schema. */
final class ServerTables {
  private static final String COLUMNS =
      "SELECT column_name, data_type, column_type, is_nullable, character_set_name, column_key,"
          + " extra FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
          + " ORDER BY ordinal_position";

  static TableSchema read(Connection connection, String schema, String table) throws SQLException {
    List<ColumnSchema> columns = new ArrayList<>();
    List<IndexSchema.Part> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(column(rows));
          if ("PRI".equals(rows.getString(6))) {
            key.add(IndexSchema.Part.of(rows.getString(1)));
          }
        }
      }
    }
    List<IndexSchema> indexes =
        key.isEmpty()
            ? List.of()
            : List.of(
                new IndexSchema(
                    IndexSchema.PRIMARY_NAME, IndexSchema.Kind.PRIMARY, key, false, null));
    return new TableSchema(columns, indexes, new TreeMap<>(), null);
  }

  private static ColumnSchema column(ResultSet row) throws SQLException {
    String extra = row.getString(7).toUpperCase(Locale.ROOT);
    Generated generated =
        extra.contains("VIRTUAL GENERATED")
            ? Generated.VIRTUAL
            : extra.contains("STORED GENERATED") ? Generated.STORED : Generated.NO;
    return new ColumnSchema(
        row.getString(1),
        type(row.getString(2).toLowerCase(Locale.ROOT), row.getString(3), row.getString(5)),
        "YES".equals(row.getString(4)),
        null,
        null,
        generated,
        null,
        false,
        false,
        null);
  }

  private static ColumnType type(String name, String full, String charset) {
    int length = -1;
    int scale = -1;
    List<String> members = List.of();
    int open = full.indexOf('(');
    if (name.equals("enum") || name.equals("set")) {
      members = members(full.substring(open + 1, full.lastIndexOf(')')));
    } else if (open >= 0) {
      String[] numbers = full.substring(open + 1, full.indexOf(')')).split(",");
      length = Integer.parseInt(numbers[0]);
      scale = numbers.length > 1 ? Integer.parseInt(numbers[1]) : -1;
    }
    boolean zerofill = full.contains("zerofill");
    return new ColumnType(
        name,
        length,
        scale,
        zerofill || full.contains("unsigned"),
        zerofill,
        members,
        charset,
        null);
  }

  private static List<String> members(String text) {
    List<String> members = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      StringBuilder member = new StringBuilder();
      i++;
      while (text.charAt(i) != '\'' || (i + 1 < text.length() && text.charAt(i + 1) == '\'')) {
        if (text.charAt(i) == '\'' || text.charAt(i) == '\\') {
          i++;
        }
        member.append(text.charAt(i++));
      }
      members.add(member.toString());
      i += 2;
    }
    return members;
  }

  private ServerTables() {}
}
