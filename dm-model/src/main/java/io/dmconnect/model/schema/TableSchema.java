package io.dmconnect.model.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table's definition without its name, so that shards of different names compare equal.
 *
 * @param columns the columns in order
 * @param indexes the indexes in the order of their definition, the primary key included
 * @param options table options by lower-case name ({@code charset}, {@code collate}, {@code
 *     comment}, {@code engine}, …); {@code charset} is always there
 * @param partitioning the text of the {@code PARTITION BY} clause; null when not partitioned
 */
public record TableSchema(
    List<ColumnSchema> columns,
    List<IndexSchema> indexes,
    SortedMap<String, String> options,
    String partitioning) {

  /** Copies the collections. */
  public TableSchema {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** A table of columns and indexes only. */
  public static TableSchema of(List<ColumnSchema> columns, List<IndexSchema> indexes) {
    return new TableSchema(columns, indexes, new TreeMap<>(Map.of()), null);
  }

  /** The column of that name, compared without case as MySQL does; empty when there is none. */
  public Optional<ColumnSchema> column(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The index of that name, compared without case as MySQL does; empty when there is none. */
  public Optional<IndexSchema> index(String name) {
    return indexes.stream().filter(i -> i.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The primary key; empty when the table has none. */
  public Optional<IndexSchema> primaryKey() {
    return indexes.stream().filter(i -> i.kind() == IndexSchema.Kind.PRIMARY).findFirst();
  }
}
