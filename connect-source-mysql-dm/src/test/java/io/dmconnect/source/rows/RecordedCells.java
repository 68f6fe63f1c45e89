package io.dmconnect.source.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.model.schema.TableSchemaJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What MySQL 8.0 sent for the values of {@code cells.txt}, in both physical forms, and what they
 * were decoded to while the server agreed. {@link RecordCells} writes the file.
 */
final class RecordedCells {
  static final HexFormat HEX = HexFormat.of();
  static final String NULL = "NULL";

  /**
   * One column type.
   *
   * @param schema the table: an id and the column
   * @param tableMap the TABLE_MAP event's body in hex
   * @param cells the values
   */
  record Column(TableSchema schema, String tableMap, List<Cell> cells) {
    @Override
    public String toString() {
      var type = schema.columns().get(1).type();
      return type.name()
          + (type.length() < 0 ? "" : "(" + type.length() + ")")
          + (type.charset() == null ? "" : " " + type.charset());
    }
  }

  /**
   * One value.
   *
   * @param rows a WRITE_ROWS event's body with one row, in hex
   * @param text the cell of the snapshot in hex; null for NULL
   * @param value the decoded value as {@link #print} writes it
   * @param exact the exact literal; null for none
   */
  record Cell(String rows, String text, String value, String exact) {}

  static List<Column> read() {
    try (InputStream in = RecordedCells.class.getResourceAsStream("recorded-cells.txt")) {
      List<Column> columns = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        String[] parts = line.split("\t", -1);
        switch (parts[0]) {
          case "column" ->
              columns.add(new Column(TableSchemaJson.read(parts[1]), parts[2], new ArrayList<>()));
          case "cell" ->
              columns
                  .get(columns.size() - 1)
                  .cells()
                  .add(
                      new Cell(
                          parts[1],
                          parts[2].equals(NULL) ? null : parts[2],
                          parts[3],
                          parts[4].equals(NULL) ? null : parts[4]));
          default -> throw new IllegalStateException("Unknown line " + line);
        }
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a hex text; null for null. */
  static byte[] bytes(String hex) {
    return hex == null ? null : HEX.parseHex(hex);
  }

  /** A value with its Java type, on one line. */
  static String print(Object value) {
    if (value == null) {
      return NULL;
    }
    String text =
        value instanceof byte[] bytes
            ? HEX.formatHex(bytes)
            : value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    String type = value.getClass().getSimpleName();
    StringBuilder line = new StringBuilder(type).append(' ');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c == '\\' ? String.format("\\%02x", (int) c) : String.valueOf(c));
    }
    return line.toString().replaceAll("\\[B@[0-9a-f]+", "[bytes]");
  }

  private RecordedCells() {}
}
