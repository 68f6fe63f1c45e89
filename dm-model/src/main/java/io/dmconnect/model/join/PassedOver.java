package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The columns in which rows of a member and its merged table do not meet. Column names are in lower
 * case.
 *
 * @param leftOut columns of the member that the merged table does not have
 * @param byValue columns of both whose values the merged table may not hold: those that it does not
 *     are left out
 * @param filled columns of the merged table that a row may have no value for although they need
 *     one, with the value as SQL text that MySQL gives to rows which lack it
 */
public record PassedOver(
    SortedSet<String> leftOut, SortedSet<String> byValue, SortedMap<String, String> filled) {

  /** Every column has its place. */
  public static final PassedOver NOTHING =
      new PassedOver(
          Collections.emptySortedSet(), Collections.emptySortedSet(), Collections.emptySortedMap());

  private static final String WIDEST_CHARSET = "utf8mb4";

  /** Copies the collections. */
  public PassedOver {
    leftOut = Collections.unmodifiableSortedSet(new TreeSet<>(leftOut));
    byValue = Collections.unmodifiableSortedSet(new TreeSet<>(byValue));
    filled = Collections.unmodifiableSortedMap(new TreeMap<>(filled));
  }

  /**
   * What a member's rows and a merged table do not have in common. A column that the merged table
   * has in a unique key, or may compute one of, is never passed over, since rows would take each
   * other's place.
   *
   * @param member the member's definition
   * @param merged the merged table's
   * @param compared names in lower case of columns whose definition is compared; others differ only
   *     when the merged table lacks them
   */
  public static PassedOver of(TableSchema member, TableSchema merged, Set<String> compared) {
    Set<String> keyed = uniqueColumns(merged);
    SortedSet<String> leftOut = new TreeSet<>();
    SortedSet<String> byValue = new TreeSet<>();
    for (ColumnSchema column : member.columns()) {
      String name = Canonical.lower(column.name());
      ColumnSchema place = merged.column(name).orElse(null);
      if (place == null) {
        leftOut.add(name);
      } else if (compared.contains(name) && !keyed.contains(name) && !holds(place, column)) {
        byValue.add(name);
      }
    }

    SortedMap<String, String> filled = new TreeMap<>();
    for (ColumnSchema column : merged.columns()) {
      String name = Canonical.lower(column.name());
      boolean written = member.column(name).isPresent() && !byValue.contains(name);
      if (!written && !keyed.contains(name) && !ColumnJoin.optional(column).equals(column)) {
        filled.put(name, ImplicitDefault.fillOf(column.type()));
      }
    }

    return new PassedOver(leftOut, byValue, filled);
  }

  /** The columns of a table that take other values than before, or are new. */
  public static SortedSet<String> changed(TableSchema before, TableSchema after) {
    SortedSet<String> changed = new TreeSet<>();
    for (ColumnSchema column : after.columns()) {
      boolean same =
          before
              .column(column.name())
              .filter(former -> former.nullable() == column.nullable())
              .filter(former -> Canonical.type(former.type()).equals(Canonical.type(column.type())))
              .isPresent();
      if (!same) {
        changed.add(Canonical.lower(column.name()));
      }
    }

    return changed;
  }

  /** All of these columns. */
  public SortedSet<String> columns() {
    SortedSet<String> all = new TreeSet<>(leftOut);
    all.addAll(byValue);
    all.addAll(filled.keySet());
    return all;
  }

  /** The same, but that no other columns are left out. */
  public PassedOver only(Set<String> names) {
    SortedSet<String> someLeftOut = new TreeSet<>(leftOut);
    someLeftOut.retainAll(names);
    SortedSet<String> someByValue = new TreeSet<>(byValue);
    someByValue.retainAll(names);
    return new PassedOver(someLeftOut, someByValue, filled);
  }

  /** Whether every value of the second column is one of the first. */
  private static boolean holds(ColumnSchema place, ColumnSchema column) {
    if (column.nullable() && !place.nullable()) {
      return false;
    }

    boolean any = WIDEST_CHARSET.equalsIgnoreCase(place.type().charset());
    ColumnType large = comparable(place.type(), any);
    ColumnType joined = TypeJoin.join(List.of(large, comparable(column.type(), any)), false);
    return joined != null && Canonical.type(joined).equals(Canonical.type(large));
  }

  /** How texts are ordered does not matter to whether they fit. */
  private static ColumnType comparable(ColumnType type, boolean anyCharset) {
    return new ColumnType(
        type.name(),
        type.length(),
        type.scale(),
        type.unsigned(),
        type.zerofill(),
        type.members(),
        anyCharset ? null : type.charset(),
        null);
  }

  private static Set<String> uniqueColumns(TableSchema table) {
    Set<String> columns = new TreeSet<>();
    for (IndexSchema index : table.indexes()) {
      if (index.isUnique()) {
        for (IndexSchema.Part part : index.parts()) {
          ColumnSchema column =
              part.column() == null ? null : table.column(part.column()).orElse(null);
          if (column == null || column.generated() != Generated.NO) {
            // What it is computed of is not looked at.
            table.columns().forEach(any -> columns.add(Canonical.lower(any.name())));
          } else {
            columns.add(Canonical.lower(column.name()));
          }
        }
      }
    }

    return columns;
  }
}
