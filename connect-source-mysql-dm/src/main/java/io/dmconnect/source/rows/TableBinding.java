package io.dmconnect.source.rows;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.value.BinlogBytes;
import io.dmconnect.source.value.BinlogType;
import io.dmconnect.source.value.ColumnCodec;
import io.dmconnect.source.value.ExactCells;

/**
 * A version of a table and the table map its rows are laid out by, checked against each other.
 * Immutable and safe for use by several threads.
 */
public final class TableBinding {
  private final TableId table;
  private final RowSchemas schemas;
  private final ColumnCodec[] codecs;
  private final int[] metas;

  private TableBinding(TableId table, RowSchemas schemas, ColumnCodec[] codecs, int[] metas) {
    this.table = table;
    this.schemas = schemas;
    this.codecs = codecs;
    this.metas = metas;
  }

  static TableBinding of(TableId table, RowSchemas schemas, ColumnCodec[] codecs, TableMap map) {
    if (map.columns() != codecs.length) {
      throw new DmException(
          SourceError.TABLE_MAP_MISMATCH,
          "The binlog has rows of "
              + map.columns()
              + " columns for "
              + table
              + ", its known schema has "
              + codecs.length);
    }
    int[] metas = new int[codecs.length];
    for (int i = 0; i < codecs.length; i++) {
      metas[i] = bind(table, codecs[i], map, i);
    }
    return new TableBinding(table, schemas, codecs, metas);
  }

  private static int bind(TableId table, ColumnCodec codec, TableMap map, int i) {
    int type = map.type(i);
    if (type == BinlogType.BLOB_COMPRESSED || type == BinlogType.VARCHAR_COMPRESSED) {
      throw new DmException(
          SourceError.UNSUPPORTED_TYPE,
          "Column '" + codec.column().name() + "' of " + table + " is COMPRESSED");
    }
    ColumnSchema column = codec.column();
    if (isOldTemporal(type) && column.type().length() > 0) {
      throw new DmException(
          SourceError.UNSUPPORTED_TYPE,
          "Column '"
              + column.name()
              + "' of "
              + table
              + " has fractional seconds in the format of before MariaDB 10.1;"
              + " with mysql56_temporal_format=ON, ALTER TABLE … FORCE rewrites it");
    }
    String name = map.name(i);
    int meta = codec.bind(type, map.meta(i));
    boolean sameName = name == null || name.equalsIgnoreCase(column.name());
    Boolean unsigned = map.isUnsigned(i);
    boolean sameSign = unsigned == null || !isInteger(type) || unsigned == column.type().unsigned();
    boolean nullsFit = column.nullable() || !map.isNullable(i);
    if (meta < 0 || !sameName || !sameSign || !nullsFit) {
      throw mismatch(table, column, map, i);
    }
    return meta;
  }

  private static boolean isOldTemporal(int type) {
    return type == BinlogType.TIME || type == BinlogType.DATETIME || type == BinlogType.TIMESTAMP;
  }

  private static boolean isInteger(int type) {
    return switch (type) {
      case BinlogType.TINY,
          BinlogType.SHORT,
          BinlogType.INT24,
          BinlogType.LONG,
          BinlogType.LONGLONG ->
          true;
      default -> false;
    };
  }

  private static DmException mismatch(TableId table, ColumnSchema column, TableMap map, int i) {
    String name = map.name(i) == null ? "" : "'" + map.name(i) + "' ";
    String sign = Boolean.TRUE.equals(map.isUnsigned(i)) ? " UNSIGNED" : "";
    return new DmException(
        SourceError.TABLE_MAP_MISMATCH,
        "Column "
            + (i + 1)
            + " of "
            + table
            + " is "
            + name
            + map.typeName(i)
            + sign
            + (map.isNullable(i) ? "" : " NOT NULL")
            + " in the binlog, '"
            + column.name()
            + "' "
            + column.type()
            + (column.nullable() ? "" : " NOT NULL")
            + " in the known schema");
  }

  /** The upstream table. */
  public TableId table() {
    return table;
  }

  /** The schemas the decoded rows are made with. */
  public RowSchemas schemas() {
    return schemas;
  }

  /**
   * Starts to read the rows of an event.
   *
   * @param event the event; its table id is that of the table map this binding was made of
   * @param position where the event is, for messages; only its {@code toString} is used
   * @throws DmException when the rows do not have all columns
   */
  public RowsReader reader(RowsEvent event, Object position) {
    if (event.columns() != codecs.length) {
      throw new DmException(
          SourceError.TABLE_MAP_MISMATCH,
          "The rows of "
              + table
              + " at "
              + position
              + " have "
              + event.columns()
              + " columns, their table map has "
              + codecs.length);
    }
    if (!event.isFull()) {
      throw new DmException(
          SourceError.ROW_IMAGE_NOT_FULL,
          "The rows of " + table + " at " + position + " do not hold all columns");
    }
    return new RowsReader(this, event, position);
  }

  /** Decodes the next row image. */
  RowStruct image(BinlogBytes in, ExactCells exact, Object position) {
    int columns = codecs.length;
    byte[] buf = in.array();
    Object[] slots = new Object[columns];
    int i = 0;
    try {
      int nulls = in.advance((columns + 7) >> 3);
      for (; i < columns; i++) {
        if ((buf[nulls + (i >> 3)] & 1 << (i & 7)) == 0) {
          slots[i] = codecs[i].fromBinlog(in, metas[i], exact);
        }
      }
      in.checkEnd();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DmException(
          SourceError.MALFORMED_EVENT,
          "Cannot decode column '"
              + codecs[Math.min(i, columns - 1)]
              + "' of "
              + table
              + " at "
              + position
              + ": "
              + e.getMessage(),
          e);
    }
    return new RowStruct(schemas.row(), slots, exact.take());
  }
}
