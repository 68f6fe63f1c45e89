package io.dmconnect.source.value;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;

/**
 * Turns one column's cells into Connect values, from both physical forms MySQL sends them in: the
 * text of a result set (snapshot) and the row image of a binlog event (stream). Both give equal
 * values, and equal literals where the semantic type cannot carry the value.
 *
 * <p>Codecs are immutable and safe for use by several threads; {@link ExactCells} and {@link
 * BinlogBytes} are the caller's. SQL NULL never reaches a codec.
 *
 * <p>Text is that of the text protocol (MySQL manual, "Text Resultset Row") in a session with
 * {@code character_set_results=NULL}, {@code time_zone='+00:00'} and without {@code
 * PAD_CHAR_TO_FULL_LENGTH}, for the expression {@link #snapshotExpression()}. The binlog form is
 * that of row events v1 and v2 (MySQL source, {@code sql/field.cc}, {@code pack} and {@code
 * sql/log_event.cc}).
 */
public abstract class ColumnCodec {
  private final ColumnSchema column;

  ColumnCodec(ColumnSchema column) {
    this.column = column;
  }

  /** The column this codec was made for. */
  public final ColumnSchema column() {
    return column;
  }

  /**
   * What a snapshot selects for this column: the column's quoted name, or an expression where the
   * column's own text would lose information.
   */
  public String snapshotExpression() {
    return TableId.quote(column.name());
  }

  /**
   * Checks that a table map's column fits this codec's.
   *
   * @param type the type code, the real type for strings (ENUM and SET are not STRING)
   * @param meta the type's metadata: the length in bytes for character types, the number of length
   *     bytes for BLOB types, precision and scale as {@code precision << 8 | scale} for decimals,
   *     the fractional digits for temporal types, the number of bits for BIT, the number of bytes
   *     for ENUM and SET
   * @return what {@link #fromBinlog} is to be given as {@code meta}; -1 when the types do not fit
   */
  public abstract int bind(int type, int meta);

  /**
   * Decodes a text cell.
   *
   * @param buf holds the cell
   * @param off the cell's first byte
   * @param len the cell's length in bytes
   * @param exact takes the literal of a value the result cannot carry
   * @return the Connect value; null only for a value of a nullable column that went to {@code
   *     exact}
   * @throws IllegalArgumentException when the text is not of this type
   */
  public abstract Object fromText(byte[] buf, int off, int len, ExactCells exact);

  /**
   * Decodes a cell of a row image and moves past it.
   *
   * @param in at the cell's first byte
   * @param meta what {@link #bind} returned
   * @param exact takes the literal of a value the result cannot carry
   * @return the Connect value; null only for a value of a nullable column that went to {@code
   *     exact}
   */
  public abstract Object fromBinlog(BinlogBytes in, int meta, ExactCells exact);

  /** A short form of type and name for messages. */
  @Override
  public String toString() {
    return column.name() + " " + column.type().name();
  }
}
