package io.dmconnect.sink.row;

import io.dmconnect.model.event.RowColumns;
import org.apache.kafka.connect.data.Schema;

/**
 * The cells of rows of one schema as their Connect types say, whatever the converter delivered.
 * Immutable.
 */
final class RowCells {
  private final RowColumns columns;
  private final Schema row;
  private final boolean decode;

  /** Cells of structs of that schema. */
  static RowCells ofStructs(Schema row) {
    return new RowCells(RowColumns.of(row), row, false);
  }

  /**
   * Cells of maps without a schema.
   *
   * @param columns reads the maps
   * @param row the schema that rows of the table have where converters keep it
   */
  static RowCells ofMaps(RowColumns columns, Schema row) {
    return new RowCells(columns, row, true);
  }

  private RowCells(RowColumns columns, Schema row, boolean decode) {
    this.columns = columns;
    this.row = row;
    this.decode = decode;
  }

  int size() {
    return row.fields().size();
  }

  String name(int column) {
    return row.fields().get(column).name();
  }

  Schema schema(int column) {
    return row.fields().get(column).schema();
  }

  /** The cell as the converter delivered it. */
  Object raw(Object image, int column) {
    return columns.cell(image, column);
  }

  Object cell(Object image, int column) {
    Object value = columns.cell(image, column);
    return decode && value != null ? SchemalessCells.decode(value, schema(column)) : value;
  }
}
