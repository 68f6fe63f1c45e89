package io.dmconnect.sink.row;

import java.util.Map;

/**
 * A row before or after a change, as its record holds it.
 *
 * @param row a struct or a map
 * @param exact literals that stand for cells, by column name; usually empty
 */
record RowImage(Object row, Map<String, String> exact) {

  static RowImage of(Object row, Map<String, String> exact) {
    return row == null ? null : new RowImage(row, exact);
  }
}
