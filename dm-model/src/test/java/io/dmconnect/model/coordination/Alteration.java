package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one statement does to a table that others may have changed since it was written, as a server
 * does it: nothing is added that is there, nothing is changed or removed that is not.
 *
 * @param before the table it was written for; null when it makes the table
 * @param after that table behind it
 */
record Alteration(TableSchema before, TableSchema after) {

  /** Why a server does not run it on the table as it is; null when it does. */
  String refusal(TableSchema actual) {
    if (Objects.equals(actual, before)) {
      return null;
    } else if (before == null) {
      return "1050 the table is there";
    } else if (repartitions() && !Objects.equals(actual.partitioning(), before.partitioning())) {
      return "1517 other partitions";
    }

    for (ColumnSchema column : changedColumns()) {
      if (has(actual, column) != has(before, column)) {
        return "1054, 1060 column " + column.name();
      }
    }

    for (ColumnSchema column : before.columns()) {
      if (!has(after, column) && !has(actual, column)) {
        return "1091 no column " + column.name();
      }
    }

    for (IndexSchema index : addedIndexes()) {
      if (actual.index(index.name()).isPresent() && before.index(index.name()).isEmpty()) {
        return "1061 key " + index.name();
      }
    }

    for (IndexSchema index : droppedIndexes()) {
      if (actual.index(index.name()).isEmpty()) {
        return "1091 no key " + index.name();
      }
    }

    TableSchema result = applied(actual);
    return result.indexes().stream().allMatch(index -> hasColumns(result, index))
        ? null
        : "1072, 8200 a key's column";
  }

  /** The table behind it. */
  TableSchema applied(TableSchema actual) {
    if (Objects.equals(actual, before)) {
      return after;
    }

    List<ColumnSchema> columns = new ArrayList<>(actual.columns());
    columns.removeIf(own -> has(before, own) && !has(after, own));
    for (ColumnSchema column : changedColumns()) {
      if (has(before, column)) {
        columns.replaceAll(own -> own.name().equals(column.name()) ? column : own);
      } else {
        columns.add(column);
      }
    }

    List<String> dropped = droppedIndexes().stream().map(IndexSchema::name).toList();
    List<IndexSchema> indexes = new ArrayList<>(actual.indexes());
    indexes.removeIf(own -> dropped.contains(own.name()));
    indexes.addAll(addedIndexes());
    TreeMap<String, String> options = new TreeMap<>(actual.options());
    after
        .options()
        .forEach(
            (key, value) -> {
              if (!value.equals(before.options().get(key))) {
                options.put(key, value);
              }
            });
    return new TableSchema(
        columns, indexes, options, repartitions() ? after.partitioning() : actual.partitioning());
  }

  private boolean repartitions() {
    return !Objects.equals(before.partitioning(), after.partitioning());
  }

  /** The columns that it adds or defines anew. */
  private List<ColumnSchema> changedColumns() {
    return after.columns().stream()
        .filter(column -> !Optional.of(column).equals(before.column(column.name())))
        .toList();
  }

  /** The indexes that it adds, also in place of one of the same name. */
  private List<IndexSchema> addedIndexes() {
    return after.indexes().stream()
        .filter(index -> !Optional.of(index).equals(before.index(index.name())))
        .toList();
  }

  private List<IndexSchema> droppedIndexes() {
    return before.indexes().stream()
        .filter(index -> !Optional.of(index).equals(after.index(index.name())))
        .toList();
  }

  private static boolean has(TableSchema table, ColumnSchema column) {
    return table.column(column.name()).isPresent();
  }

  private static boolean hasColumns(TableSchema table, IndexSchema index) {
    return index.parts().stream().allMatch(part -> table.column(part.column()).isPresent());
  }
}
