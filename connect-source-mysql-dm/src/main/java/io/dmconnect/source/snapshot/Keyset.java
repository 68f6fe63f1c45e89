package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Walks a table along its primary key: the condition for the rows behind a given one, with literals
 * that are exactly the values read. The server compares them, so that order and collation are its
 * own.
 */
final class Keyset {
  /** Joins the literals of a key in an offset; no literal has it: texts are written in hex. */
  private static final String SEPARATOR = ", ";

  private final int[] positions;
  private final List<String> columns;
  private final List<ColumnType> types;

  private Keyset(int[] positions, List<String> columns, List<ColumnType> types) {
    this.positions = positions;
    this.columns = columns;
    this.types = types;
  }

  /** The walk along the primary key; null when the table has none. */
  static Keyset of(TableSchema table) {
    IndexSchema key = table.primaryKey().orElse(null);
    if (key == null) {
      return null;
    }
    int size = key.parts().size();
    int[] positions = new int[size];
    List<String> columns = new ArrayList<>();
    List<ColumnType> types = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ColumnSchema column = table.column(key.parts().get(i).column()).orElseThrow();
      positions[i] = table.columns().indexOf(column);
      columns.add(TableId.quote(column.name()));
      types.add(column.type());
    }
    return new Keyset(positions, columns, types);
  }

  /** The {@code ORDER BY} list. */
  String order() {
    return String.join(", ", columns);
  }

  /**
   * The condition for the rows behind a key: {@code a >= 1 AND (a > 1 OR (a = 1 AND b > 2))}, which
   * the server reads as a range of the primary key.
   *
   * @param key as {@link #key} gave it
   */
  String behind(String key) {
    String[] literals = key.split(SEPARATOR, -1);
    if (literals.length != columns.size()) {
      throw new IllegalArgumentException(
          "The key has " + literals.length + " values for " + columns.size() + " columns");
    }
    String last = greater(literals, literals.length - 1);
    for (int i = literals.length - 2; i >= 0; i--) {
      last =
          greater(literals, i)
              + " OR ("
              + columns.get(i)
              + " = "
              + literals[i]
              + " AND "
              + last
              + ")";
      last = "(" + last + ")";
    }
    return literals.length == 1 ? last : columns.get(0) + " >= " + literals[0] + " AND " + last;
  }

  private String greater(String[] literals, int i) {
    return columns.get(i) + " > " + literals[i];
  }

  /**
   * A row's key as text for {@link #behind} and for offsets.
   *
   * @param cells the row's cells as the snapshot selects them
   */
  String key(byte[][] cells) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < positions.length; i++) {
      if (i > 0) {
        out.append(SEPARATOR);
      }
      out.append(literal(types.get(i), cells[positions[i]]));
    }
    return out.toString();
  }

  /** The literal of a cell, exact for its type. */
  static String literal(ColumnType type, byte[] cell) {
    return switch (type.name()) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          hex("_" + type.charset() + " ", cell);
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          hex("_binary ", cell);
      case "bit" -> new BigInteger(1, cell).toString();
      case "date", "datetime", "timestamp", "time" -> '\'' + ascii(cell) + '\'';
      default -> ascii(cell);
    };
  }

  private static String hex(String introducer, byte[] cell) {
    return cell.length == 0
        ? introducer + "''"
        : introducer + "0x" + HexFormat.of().formatHex(cell);
  }

  private static String ascii(byte[] cell) {
    return new String(cell, StandardCharsets.US_ASCII);
  }
}
