package io.dmconnect.source.value;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects, while a row is decoded, the SQL literals of the cells whose semantic type cannot carry
 * their value. Costs nothing while there are none. Not safe for use by several threads.
 */
public final class ExactCells {
  private Map<String, String> literals;

  /**
   * Notes one cell.
   *
   * @param column the column's name
   * @param literal a complete SQL expression of the exact value
   */
  public void put(String column, String literal) {
    if (literals == null) {
      literals = new LinkedHashMap<>();
    }
    literals.put(column, literal);
  }

  /** What was noted since the last call, column to literal; null when nothing was. */
  public Map<String, String> take() {
    Map<String, String> taken = literals;
    literals = null;
    return taken;
  }
}
