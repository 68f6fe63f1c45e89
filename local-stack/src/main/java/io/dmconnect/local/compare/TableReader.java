package io.dmconnect.local.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a table's rows in a form that is equal on MySQL, MariaDB and TiDB when the stored values
 * are: text as it is, bytes as hex, floats with all their digits, JSON with sorted keys.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class TableReader {
  /** Spatial types come in the server's internal form, which TiDB, without them, has as a blob. */
  private static final Set<String> BYTES =
      Set.of(
          "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "bit",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection");

  private static final Set<String> FLOATS = Set.of("float", "double");

  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** What one row is handed to. */
  public interface RowConsumer {
    /**
     * Takes one row.
     *
     * @param cells the normalised cells in the order of the columns asked for; null for NULL; the
     *     array is used again for the next row
     */
    void accept(String[] cells);
  }

  /** The names of a table's columns in their order; empty when there is no such table. */
  public List<String> columns(Connection connection, String schema, String table)
      throws SQLException {
    return List.copyOf(types(connection, schema, table).keySet());
  }

  /** All rows of a table, each a list of normalised cells, in no particular order. */
  public List<List<String>> rows(
      Connection connection, String schema, String table, List<String> columns)
      throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    read(
        connection,
        schema,
        table,
        columns,
        cells -> {
          List<String> row = new ArrayList<>(cells.length);
          for (String cell : cells) {
            row.add(cell);
          }
          rows.add(row);
        });
    return rows;
  }

  /**
   * Hands every row of a table to a consumer, streaming.
   *
   * @param columns the columns to read; they may stand in another order than in the table
   * @throws SQLException when the table or a column is missing or the server fails
   */
  public void read(
      Connection connection,
      String schema,
      String table,
      List<String> columns,
      RowConsumer consumer)
      throws SQLException {
    Map<String, String> types = types(connection, schema, table);
    String[] kinds = new String[columns.size()];
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < kinds.length; i++) {
      String kind = types.get(columns.get(i));
      if (kind == null) {
        throw new SQLException("No column " + columns.get(i) + " in " + schema + "." + table);
      }
      kinds[i] = kind;
      String name = quote(columns.get(i));
      sql.append(i == 0 ? "" : ", ").append(FLOATS.contains(kind) ? "(" + name + " + 0e0)" : name);
    }
    sql.append(" FROM ").append(quote(schema)).append('.').append(quote(table));
    try (Statement session = connection.createStatement()) {
      session.execute("SET time_zone = '+00:00'");
      session.execute("SET character_set_results = utf8mb4");
    }
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(sql.toString())) {
        String[] cells = new String[kinds.length];
        while (rows.next()) {
          for (int i = 0; i < cells.length; i++) {
            cells[i] = normalise(rows.getBytes(i + 1), kinds[i]);
          }
          consumer.accept(cells);
        }
      }
    }
  }

  private Map<String, String> types(Connection connection, String schema, String table)
      throws SQLException {
    Map<Integer, Map.Entry<String, String>> byPosition = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT ORDINAL_POSITION, COLUMN_NAME, DATA_TYPE, NUMERIC_SCALE"
                + " FROM information_schema.COLUMNS"
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byPosition.put(
              rows.getInt(1),
              Map.entry(rows.getString(2), kind(rows.getString(3), rows.getString(4))));
        }
      }
    }
    Map<String, String> types = new LinkedHashMap<>();
    byPosition.values().forEach(column -> types.put(column.getKey(), column.getValue()));
    return types;
  }

  /** The type's name; a float of a stated scale is a number that both ends print alike. */
  private static String kind(String type, String scale) {
    String name = type.toLowerCase(Locale.ROOT);
    if (FLOATS.contains(name) && scale != null) {
      return "decimal";
    }
    return name.endsWith("int") && !BYTES.contains(name) ? "int" : name;
  }

  private String normalise(byte[] cell, String kind) {
    if (cell == null) {
      return null;
    }
    if (BYTES.contains(kind)) {
      return HexFormat.of().formatHex(cell);
    }
    String text = new String(cell, StandardCharsets.UTF_8);
    if (FLOATS.contains(kind)) {
      return Double.toString(Double.parseDouble(text));
    }
    if (kind.equals("int")) {
      return new BigInteger(text).toString();
    }
    if (kind.equals("json")) {
      try {
        return plain(json.readTree(text)).toString();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The server returned text that is not JSON: " + text, e);
      }
    }
    return text;
  }

  /**
   * Sorts the members and writes equal numbers alike, as 1e2 and 100 are. What is no integer of 64
   * bits is a double: TiDB has no decimals in JSON (pkg/types/json_binary.go).
   */
  private static JsonNode plain(JsonNode node) {
    if (node.isNumber()) {
      boolean whole =
          node.isIntegralNumber() && node.bigIntegerValue().abs().bitLength() <= Long.SIZE;
      BigDecimal value =
          whole ? new BigDecimal(node.bigIntegerValue()) : BigDecimal.valueOf(node.doubleValue());
      return DecimalNode.valueOf(value.stripTrailingZeros());
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(plain(element)));
      return array;
    }
    if (node.isObject()) {
      TreeMap<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      members.forEach(object::set);
      return object;
    }
    return node;
  }

  private static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
