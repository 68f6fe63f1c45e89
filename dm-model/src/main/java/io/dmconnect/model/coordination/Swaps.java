package io.dmconnect.model.coordination;

import io.dmconnect.model.join.SchemaDiff;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Renames by which columns swap their names. Pure functions. */
final class Swaps {

  /**
   * Whether a column's former name is given to another one, and so on until a name comes back.
   *
   * @param renames old lower-case name to new name
   */
  static boolean any(Map<String, String> renames) {
    return first(renames) != null;
  }

  private static String first(Map<String, String> renames) {
    return renames.keySet().stream()
        .filter(column -> comesBack(renames, column))
        .min(String::compareTo)
        .orElse(null);
  }

  private static boolean comesBack(Map<String, String> renames, String column) {
    String name = column;
    for (int i = 0; i < renames.size() && name != null; i++) {
      String next = renames.get(name);
      name = next == null ? null : next.toLowerCase(Locale.ROOT);
      if (column.equals(name)) {
        return true;
      }
    }

    return false;
  }

  /**
   * What is left to be renamed in a merged table in which a swap was begun: its first column has
   * the name between.
   */
  static NavigableMap<String, String> left(
      NavigableMap<String, String> renames, TableSchema target) {
    String first = first(renames);
    String between =
        target.columns().stream()
            .map(ColumnSchema::name)
            .filter(name -> name.startsWith(SchemaDiff.NAME_BETWEEN))
            .findFirst()
            .orElse(null);
    if (first == null || between == null) {
      return renames;
    }

    NavigableMap<String, String> left = new TreeMap<>(renames);
    String last = left.remove(first);
    String vacated = first;
    String from = holder(left, vacated);
    while (from != null && target.column(vacated).isPresent()) {
      left.remove(from);
      vacated = from;
      from = holder(left, vacated);
    }

    left.put(between, last);
    return left;
  }

  /** The column that is to get a name; null when none is. */
  private static String holder(Map<String, String> renames, String name) {
    return renames.entrySet().stream()
        .filter(rename -> rename.getValue().equalsIgnoreCase(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Swaps() {}
}
