package io.dmconnect.sink.row;

import java.util.List;
import java.util.Objects;

/**
 * The columns that take part in unique keys besides the identifying one.
 *
 * @param columns the record's columns
 * @param computed whether such a key depends on columns that cannot be told
 */
record UniqueColumns(List<ColumnMapping> columns, boolean computed) {

  /**
   * Whether the rows may differ in such a key. Values count as different when they are not the
   * same, even if the key's collation or prefix makes them equal.
   */
  boolean differ(RowCells cells, RowImage before, RowImage after) {
    if (computed) {
      return true;
    }

    for (ColumnMapping column : columns) {
      if (!Objects.equals(before.exact().get(column.name()), after.exact().get(column.name()))
          || !same(cells, column, before, after)) {
        return true;
      }
    }

    return false;
  }

  private static boolean same(
      RowCells cells, ColumnMapping column, RowImage before, RowImage after) {
    Object old = cells.cell(before.row(), column.index());
    Object now = cells.cell(after.row(), column.index());
    if (old == null || now == null) {
      return old == now;
    }

    return RowKeys.comparable(old).equals(RowKeys.comparable(now));
  }
}
