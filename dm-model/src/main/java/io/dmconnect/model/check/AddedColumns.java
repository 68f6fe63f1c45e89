package io.dmconnect.model.check;

import io.dmconnect.model.TableId;
import io.dmconnect.model.route.Extract;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns that routes add to a merged table, which no shard has. A group's records hold the
 * merged table without them, prechecks need it with them. Immutable, safe for several threads.
 */
public final class AddedColumns {
  private final Set<String> names = new TreeSet<>();

  /**
   * The columns that some of the rules add to a merged table.
   *
   * @param rules the task's routes, not null
   * @param target the merged table, not null
   */
  public static AddedColumns of(Collection<RouteRule> rules, TableId target) {
    return new AddedColumns(
        rules.stream()
            .filter(rule -> rule.couldLeadTo(target))
            .flatMap(rule -> rule.extracts().stream())
            .map(Extract::targetColumn)
            .toList());
  }

  AddedColumns(Collection<String> names) {
    names.forEach(name -> this.names.add(UniqueKeys.lower(name)));
  }

  /**
   * A merged table without the columns, and without them in its indexes.
   *
   * @param table the table as the target has it; null gives null
   */
  public TableSchema without(TableSchema table) {
    if (table == null || names.isEmpty()) {
      return table;
    }

    List<ColumnSchema> columns =
        table.columns().stream().filter(column -> !contains(column.name())).toList();
    List<IndexSchema> indexes = new ArrayList<>();
    for (IndexSchema index : table.indexes()) {
      IndexSchema own = without(index);
      if (!own.parts().isEmpty()) {
        indexes.add(own);
      }
    }

    return new TableSchema(columns, indexes, table.options(), table.partitioning());
  }

  /**
   * A merged table as the target has it, from what a group knows of it: with the columns, and in
   * its indexes where they were found and the rest of the index is as it was.
   *
   * @param table the table without the columns; null gives null
   * @param found the table as the target had it before the group began, with the columns; null when
   *     there was none
   */
  public TableSchema restored(TableSchema table, TableSchema found) {
    if (table == null || found == null || !areIn(found)) {
      return table;
    }

    List<ColumnSchema> columns = new ArrayList<>(table.columns());
    found.columns().stream().filter(column -> contains(column.name())).forEach(columns::add);
    List<IndexSchema> indexes = new ArrayList<>();
    for (IndexSchema index : table.indexes()) {
      indexes.add(
          found
              .index(index.name())
              .filter(whole -> without(whole).parts().equals(index.parts()))
              .orElse(index));
    }

    return new TableSchema(columns, indexes, table.options(), table.partitioning());
  }

  private IndexSchema without(IndexSchema index) {
    List<IndexSchema.Part> parts =
        index.parts().stream()
            .filter(part -> part.column() == null || !contains(part.column()))
            .toList();
    return new IndexSchema(index.name(), index.kind(), parts, index.invisible(), index.comment());
  }

  /** Whether a table has one of the columns. */
  boolean areIn(TableSchema table) {
    return table.columns().stream().anyMatch(column -> contains(column.name()));
  }

  boolean contains(String column) {
    return names.contains(UniqueKeys.lower(column));
  }

  /** Their names in lower case. */
  Set<String> names() {
    return new TreeSet<>(names);
  }
}
