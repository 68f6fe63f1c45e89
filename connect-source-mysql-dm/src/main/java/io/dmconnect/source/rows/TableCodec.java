package io.dmconnect.source.rows;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.value.ColumnCodec;
import io.dmconnect.source.value.ColumnCodecs;
import io.dmconnect.source.value.ExactCells;
import io.dmconnect.source.value.JsonStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the rows of one version of a table, from both physical forms to the same values. Made
 * once per table version; immutable and safe for use by several threads.
 */
public final class TableCodec {
  private static final String DEFAULT_CHARSET = "utf8mb4";

  private final TableId table;
  private final RowSchemas schemas;
  private final ColumnCodec[] codecs;

  private TableCodec(TableId table, RowSchemas schemas, ColumnCodec[] codecs) {
    this.table = table;
    this.schemas = schemas;
    this.codecs = codecs;
  }

  /**
   * The codec of a table version.
   *
   * @param table the upstream table
   * @param schema its columns
   * @param schemas the record schemas made of the same {@code schema}
   * @throws DmException when a column's type or character set is not supported
   */
  public static TableCodec of(TableId table, TableSchema schema, RowSchemas schemas) {
    return of(table, schema, schemas, JsonStyle.CURRENT);
  }

  /**
   * The codec of a table version on a server that may be old.
   *
   * @param table the upstream table
   * @param schema its columns
   * @param schemas the record schemas made of the same {@code schema}
   * @param jsonStyle how the server prints JSON
   * @throws DmException when a column's type or character set is not supported
   */
  public static TableCodec of(
      TableId table, TableSchema schema, RowSchemas schemas, JsonStyle jsonStyle) {
    String charset = schema.options().getOrDefault("charset", DEFAULT_CHARSET);
    List<ColumnSchema> columns = schema.columns();
    ColumnCodec[] codecs = new ColumnCodec[columns.size()];
    for (int i = 0; i < codecs.length; i++) {
      try {
        codecs[i] =
            ColumnCodecs.of(columns.get(i), schemas.rowField(i).schema(), charset, jsonStyle);
      } catch (IllegalArgumentException e) {
        throw new DmException(
            SourceError.UNSUPPORTED_TYPE,
            "Column '" + columns.get(i).name() + "' of " + table + ": " + e.getMessage(),
            e);
      }
    }
    return new TableCodec(table, schemas, codecs);
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
   * What a snapshot selects, one expression per column in the table's order. They are to be read in
   * a session with {@code character_set_results=NULL}, {@code time_zone='+00:00'} and a {@code
   * sql_mode} without {@code PAD_CHAR_TO_FULL_LENGTH}, by the text protocol.
   */
  public List<String> snapshotExpressions() {
    List<String> expressions = new ArrayList<>(codecs.length);
    for (ColumnCodec codec : codecs) {
      expressions.add(codec.snapshotExpression());
    }
    return expressions;
  }

  /**
   * Decodes one row of a snapshot.
   *
   * @param cells the bytes of each of {@link #snapshotExpressions}; null for NULL
   * @throws DmException when a cell is not of the form its type has
   */
  public RowStruct decodeText(byte[][] cells) {
    ExactCells exact = new ExactCells();
    Object[] slots = new Object[codecs.length];
    for (int i = 0; i < codecs.length; i++) {
      byte[] cell = cells[i];
      if (cell != null) {
        slots[i] = text(codecs[i], cell, exact);
      }
    }
    return new RowStruct(schemas.row(), slots, exact.take());
  }

  private Object text(ColumnCodec codec, byte[] cell, ExactCells exact) {
    try {
      return codec.fromText(cell, 0, cell.length, exact);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DmException(
          SourceError.MALFORMED_CELL,
          "Cannot decode column '" + codec + "' of " + table + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * Checks that a table map fits this version of the table.
   *
   * @return what decodes the rows events that refer to the table map
   * @throws DmException when the number of columns or a type differs
   */
  public TableBinding bind(TableMap map) {
    return TableBinding.of(table, schemas, codecs, map);
  }
}
