package io.dmconnect.sink.row;

import io.dmconnect.sink.literal.CellMatcher;
import io.dmconnect.sink.literal.CellWriter;
import io.dmconnect.sink.literal.LoadableTypes;
import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.table.TargetColumn;
import org.apache.kafka.connect.data.Schema;

/**
 * How one target column gets its values: from a column of the record, or the same for all rows.
 *
 * @param index the record's column; -1 for a constant
 * @param name the record's column name
 * @param schema the schema of the column's cells; null for a constant
 * @param target the target column
 * @param writer writes cells; null for a constant
 * @param matcher compares cells; null for a constant
 * @param constant the literal of all rows; null for a column of the record
 * @param constantKey the value of all rows as part of a key; null for a column of the record, and
 *     for one that is part of none
 */
record ColumnMapping(
    int index,
    String name,
    Schema schema,
    TargetColumn target,
    CellWriter writer,
    CellMatcher matcher,
    String constant,
    String constantKey) {

  static ColumnMapping ofCell(
      int index, String name, Schema schema, TargetColumn target, CellWriter writer) {
    return new ColumnMapping(
        index, name, schema, target, writer, new CellMatcher(writer, target), null, null);
  }

  static ColumnMapping ofConstant(TargetColumn target, String text) {
    String literal = new SqlBuffer().quoted(text).toString();
    return new ColumnMapping(-1, target.name(), null, target, null, null, literal, text);
  }

  /** A column that rows have no value for and that is in no unique key. */
  static ColumnMapping ofFill(TargetColumn target, String literal) {
    return new ColumnMapping(-1, target.name(), null, target, null, null, literal, null);
  }

  /** Whether LOAD DATA stores its values as an INSERT does. */
  boolean isLoadable() {
    return isConstant()
        ? !isFill() && LoadableTypes.isUnicodeText(target)
        : LoadableTypes.allow(schema, target);
  }

  boolean isConstant() {
    return index < 0;
  }

  boolean isFill() {
    return isConstant() && constantKey == null;
  }
}
