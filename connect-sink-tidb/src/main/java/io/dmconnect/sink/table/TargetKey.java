package io.dmconnect.sink.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A primary or unique key of a target table. A part on a prefix of a column counts as its column:
 * two rows that differ in the prefix differ in the column.
 *
 * @param name the index's name; {@code PRIMARY} for the primary key
 * @param columns the names of its columns in key order
 * @param notNull whether none of its columns can be NULL
 * @param computed whether its values depend on columns other than {@code columns}: an expression or
 *     a generated column takes part
 */
public record TargetKey(String name, List<String> columns, boolean notNull, boolean computed) {

  /** The name of every primary key. */
  public static final String PRIMARY_NAME = "PRIMARY";

  /** Copies the columns and checks the name. */
  public TargetKey {
    requireNonNull(name, "name is null");
    columns = List.copyOf(columns);
  }

  /** Whether this is the primary key. */
  public boolean isPrimary() {
    return name.equals(PRIMARY_NAME);
  }

  /**
   * Whether a row can be found by its columns' values: they are never NULL, and no two rows share
   * them.
   */
  public boolean canIdentify() {
    return notNull && !columns.isEmpty() && !computed;
  }
}
