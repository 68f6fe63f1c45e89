package io.dmconnect.source.rows;

import io.dmconnect.model.TableId;
import io.dmconnect.source.value.BinlogType;
import java.util.BitSet;
import java.util.List;

/**
 * A TABLE_MAP event: the physical layout of the rows in the events that refer to it (MySQL source,
 * {@code libbinlogevents/include/rows_event.h}, {@code Table_map_event}). Immutable.
 */
public final class TableMap {
  private final long tableId;
  private final TableId table;
  private final int[] types;
  private final int[] metas;
  private final BitSet nullable;
  private final BitSet unsigned;
  private final List<String> names;

  TableMap(
      long tableId,
      TableId table,
      int[] types,
      int[] metas,
      BitSet nullable,
      BitSet unsigned,
      List<String> names) {
    this.tableId = tableId;
    this.table = table;
    this.types = types;
    this.metas = metas;
    this.nullable = nullable;
    this.unsigned = unsigned;
    this.names = names;
  }

  /**
   * Parses an event's body.
   *
   * @param buf holds the event
   * @param off the body's first byte, after the event header
   * @param end the position after the body, without the checksum
   * @throws io.dmconnect.model.error.DmException when the event is cut short or has an unknown type
   */
  public static TableMap parse(byte[] buf, int off, int end) {
    return TableMapParser.parse(buf, off, end);
  }

  /** The table id at the start of the body of a table map or rows event. */
  public static long tableIdAt(byte[] buf, int off) {
    long id = 0;
    for (int i = 5; i >= 0; i--) {
      id = id << 8 | (buf[off + i] & 0xff);
    }
    return id;
  }

  /**
   * The number that rows events refer to; only valid until the server gives it to another table.
   */
  public long tableId() {
    return tableId;
  }

  /** The table's name. */
  public TableId table() {
    return table;
  }

  /** The number of columns. */
  public int columns() {
    return types.length;
  }

  /** The type code of a column; for strings the real type. See {@link BinlogType}. */
  public int type(int column) {
    return types[column];
  }

  /** The metadata of a column as {@code ColumnCodec.bind} takes it. */
  public int meta(int column) {
    return metas[column];
  }

  /** Whether a column may be NULL. */
  public boolean isNullable(int column) {
    return nullable.get(column);
  }

  /** Whether a number is unsigned; null when the event does not tell (before MySQL 8.0). */
  public Boolean isUnsigned(int column) {
    return unsigned == null ? null : (Boolean) unsigned.get(column);
  }

  /** The column's name; null when the event does not tell ({@code binlog_row_metadata=FULL}). */
  public String name(int column) {
    return names == null ? null : names.get(column);
  }

  /** The column's type for messages. */
  String typeName(int column) {
    String name = BinlogType.name(types[column]);
    return switch (types[column]) {
      case BinlogType.NEWDECIMAL ->
          name + "(" + (metas[column] >> 8) + "," + (metas[column] & 255) + ")";
      case BinlogType.BIT, BinlogType.TIME2, BinlogType.DATETIME2, BinlogType.TIMESTAMP2 ->
          name + "(" + metas[column] + ")";
      case BinlogType.STRING, BinlogType.VARCHAR -> name + " of " + metas[column] + " bytes";
      default -> name;
    };
  }
}
