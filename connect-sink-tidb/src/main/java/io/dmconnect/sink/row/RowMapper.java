package io.dmconnect.sink.row;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.literal.BadValueException;
import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.table.TargetTable;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * How rows of one schema become rows of the target table: compiled once, so that writing a row
 * looks up no names. Immutable; safe for several threads.
 */
public final class RowMapper {
  private final TableId source;
  private final TargetTable table;
  private final RowCells cells;
  private final ColumnMapping[] written;
  private final RowKeys keys;
  private final UniqueColumns uniques;
  private final boolean spread;
  private final RowMapper reduced;
  private final boolean loadable;
  private final RowTexts texts;
  private final int[] sized;

  RowMapper(
      TableId source,
      TargetTable table,
      RowCells cells,
      ColumnMapping[] written,
      RowKeys keys,
      UniqueColumns uniques,
      boolean spread,
      RowMapper reduced) {
    this.source = source;
    this.table = table;
    this.cells = cells;
    this.written = written;
    this.keys = keys;
    this.uniques = uniques;
    this.spread = spread;
    this.reduced = reduced;
    this.loadable = Arrays.stream(written).allMatch(ColumnMapping::isLoadable);
    this.texts = RowTexts.of(table.id(), written, keys, uniques != null);
    this.sized = RowSizes.sizedColumns(cells);
  }

  /** The upstream table. */
  public TableId source() {
    return source;
  }

  /** The table written to. */
  public TargetTable table() {
    return table;
  }

  /** The fixed parts of the rows' statements. */
  public RowTexts texts() {
    return texts;
  }

  /**
   * Whether no key of the target can be told from the rows: they are written in strict order, and
   * none of them twice.
   */
  public boolean isKeyless() {
    return keys == null;
  }

  /** Whether a row can collide with another in a unique key besides the identifying one. */
  public boolean hasSecondaryUnique() {
    return uniques != null;
  }

  /**
   * Whether rows with different {@link RowChange#keyHash()} may be written in any order: the target
   * has one unique key only, and no update changes it.
   */
  public boolean isSpread() {
    return spread;
  }

  /** What {@link RowChange#keyHash()} depends on; equal texts give equal hashes for equal keys. */
  public String hashSignature() {
    return keys == null ? "" : keys.signature();
  }

  /** The name of the identifying key; empty for keyless tables. */
  public String keyName() {
    return keys == null ? "" : keys.name();
  }

  /**
   * How rows are written one of whose values the target does not hold and that may be left out, by
   * an operator's decision; null when none may.
   */
  RowMapper reduced() {
    return reduced;
  }

  /** The identifying key of a row; null for keyless tables. */
  Object key(RowImage image) {
    if (keys == null) {
      return null;
    }

    try {
      return keys.key(cells, image);
    } catch (BadValueException e) {
      throw refused(keys.parts()[0], e);
    }
  }

  /** The folded hash of an identifying key; 0 for keyless tables. */
  int keyHash(Object key) {
    return keys == null ? 0 : keys.hash(key);
  }

  /** Whether two rows of the same identifying key may differ in another unique key. */
  boolean uniqueDiffers(RowImage before, RowImage after) {
    return uniques != null && uniques.differ(cells, before, after);
  }

  /** About how much memory a row holds, in bytes. */
  int bytes(RowImage image) {
    return RowSizes.bytes(cells, sized, image.row());
  }

  /** Whether one of a row's values needs a lenient session. */
  boolean isLenient(RowImage image) {
    if (image.exact().isEmpty()) {
      return false;
    }

    for (ColumnMapping column : written) {
      // The error value of an ENUM, which a strict session refuses.
      if (column.target().type().equals("enum")
          && Objects.equals(image.exact().get(column.name()), "0")) {
        return true;
      }
    }

    return false;
  }

  /** Whether LOAD DATA stores a row as an INSERT does. */
  boolean isLoadable(RowImage image) {
    return loadable && image.exact().isEmpty();
  }

  /** Writes the row's line for LOAD DATA. */
  void writeFields(RowImage image, SqlBuffer out) {
    for (int i = 0; i < written.length; i++) {
      if (i > 0) {
        out.raw('\t');
      }

      ColumnMapping column = written[i];
      if (column.isConstant()) {
        out.quoted(column.constantKey());
      } else {
        writeCell(column, image, out);
      }
    }

    out.raw('\n');
  }

  /** Writes {@code (value,…)} in the order of the written columns. */
  void writeValues(RowImage image, SqlBuffer out) {
    char separator = '(';
    for (ColumnMapping column : written) {
      out.raw(separator);
      writeCell(column, image, out);
      separator = ',';
    }

    out.raw(')');
  }

  /** Writes the identifying key's value, {@code (value,…)} when it has several columns. */
  void writeKey(RowImage image, SqlBuffer out) {
    ColumnMapping[] parts = keys.parts();
    if (parts.length == 1) {
      writeCell(parts[0], image, out);
      return;
    }

    char separator = '(';
    for (ColumnMapping column : parts) {
      out.raw(separator);
      writeCell(column, image, out);
      separator = ',';
    }

    out.raw(')');
  }

  /**
   * Writes {@code column=value,…} for the written columns, but for those that are filled: a row
   * that is there keeps what it has.
   */
  void writeAssignments(RowImage image, SqlBuffer out) {
    String separator = "";
    for (ColumnMapping column : written) {
      if (column.isFill()) {
        continue;
      }

      out.raw(separator).raw(TableId.quote(column.target().name())).raw('=');
      writeCell(column, image, out);
      separator = ",";
    }
  }

  /** Writes the condition that finds a row by all of its values. */
  void writeMatch(RowImage image, SqlBuffer out) {
    String separator = "";
    for (ColumnMapping column : written) {
      out.raw(separator);
      separator = " AND ";
      if (column.isConstant()) {
        out.raw(TableId.quote(column.target().name())).raw("<=>").raw(column.constant());
        continue;
      }

      String literal = image.exact().get(column.name());
      try {
        if (literal != null) {
          column.matcher().matchLiteral(literal, out);
        } else {
          column.matcher().match(cells.cell(image.row(), column.index()), out);
        }
      } catch (BadValueException | ClassCastException e) {
        throw refused(column, e);
      }
    }
  }

  private void writeCell(ColumnMapping column, RowImage image, SqlBuffer out) {
    if (column.isConstant()) {
      out.raw(column.constant());
      return;
    }

    Map<String, String> exact = image.exact();
    if (!exact.isEmpty()) {
      String literal = exact.get(column.name());
      if (literal != null) {
        out.raw(literal);
        return;
      }
    }

    try {
      Object value = cells.cell(image.row(), column.index());
      if (value == null) {
        out.nul();
      } else {
        column.writer().write(value, out);
      }
    } catch (BadValueException | ClassCastException e) {
      throw refused(column, e);
    }
  }

  private DmException refused(ColumnMapping column, RuntimeException cause) {
    return new DmException(
        cause instanceof BadValueException bad ? bad.code() : SinkError.ROW_REFUSED,
        "A value of column "
            + column.name()
            + " of "
            + source
            + " cannot be written to "
            + table.id()
            + "."
            + column.target().name()
            + ": "
            + cause.getMessage(),
        cause);
  }
}
