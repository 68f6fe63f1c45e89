package io.dmconnect.model.join;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A table under change: each edit writes its statement and keeps the schema after it. */
final class DiffDraft {
  private final TableId table;
  private final List<ColumnSchema> columns;
  private final List<IndexSchema> indexes;
  private final SortedMap<String, String> options;
  private String partitioning;
  private final List<DdlStep> steps = new ArrayList<>();

  DiffDraft(TableSchema from, TableId table) {
    this.table = table;
    this.columns = new ArrayList<>(from.columns());
    this.indexes = new ArrayList<>(from.indexes());
    this.options = new TreeMap<>(from.options());
    this.partitioning = from.partitioning();
  }

  List<DdlStep> steps() {
    return steps;
  }

  TableSchema schema() {
    return new TableSchema(columns, indexes, options, partitioning);
  }

  List<String> columnNames() {
    return columns.stream().map(column -> Canonical.lower(column.name())).toList();
  }

  void dropIndex(IndexSchema index) {
    boolean primary = index.kind() == IndexSchema.Kind.PRIMARY;
    indexes.removeIf(own -> own.name().equalsIgnoreCase(index.name()));
    alter(primary ? "DROP PRIMARY KEY" : "DROP INDEX " + TableId.quote(index.name()));
  }

  void addIndex(IndexSchema index, List<String> order) {
    int at = 0;
    List<String> before = order.subList(0, order.indexOf(Canonical.lower(index.name())));
    while (at < indexes.size() && before.contains(Canonical.lower(indexes.get(at).name()))) {
      at++;
    }

    indexes.add(at, index);
    alter("ADD " + SqlWriter.index(index));
  }

  void showIndex(IndexSchema index) {
    indexes.replaceAll(own -> own.name().equalsIgnoreCase(index.name()) ? index : own);
    alter(
        "ALTER INDEX "
            + TableId.quote(index.name())
            + (index.invisible() ? " INVISIBLE" : " VISIBLE"));
  }

  void dropColumn(String name) {
    columns.removeIf(own -> own.name().equalsIgnoreCase(name));
    alter("DROP COLUMN " + TableId.quote(name));
  }

  void addColumn(ColumnSchema column, List<String> order) {
    List<String> names = new ArrayList<>(columnNames());
    List<String> known = order.subList(0, order.indexOf(Canonical.lower(column.name())));
    int at = 0;
    for (String name : known) {
      at = Math.max(at, names.indexOf(name) + 1);
    }

    boolean last = at == columns.size();
    columns.add(at, column);
    alter("ADD COLUMN " + SqlWriter.column(column) + (last ? "" : place(at)));
  }

  void modifyColumn(ColumnSchema column) {
    columns.replaceAll(own -> own.name().equalsIgnoreCase(column.name()) ? column : own);
    alter("MODIFY COLUMN " + SqlWriter.column(column));
  }

  void moveColumn(String name, int at) {
    int from = columnNames().indexOf(name);
    ColumnSchema column = columns.remove(from);
    columns.add(at, column);
    alter("MODIFY COLUMN " + SqlWriter.column(column) + place(at));
  }

  /** Renames columns one after the other; those that swap their names by way of another name. */
  void renameColumns(Map<String, String> renames) {
    Map<String, String> left = new LinkedHashMap<>(renames);
    while (!left.isEmpty()) {
      String from =
          left.keySet().stream()
              .filter(name -> left.keySet().stream().noneMatch(left.get(name)::equalsIgnoreCase))
              .findFirst()
              .orElse(null);
      if (from != null) {
        renameColumn(from, left.remove(from));
      } else {
        String swapped = left.keySet().iterator().next();
        String between = unusedName();
        renameColumn(swapped, between);
        left.put(between, left.remove(swapped));
      }
    }
  }

  private void renameColumn(String from, String to) {
    applyNames(name -> name.equalsIgnoreCase(from) ? to : name);
    alter(renameSpec(from, to));
  }

  private String unusedName() {
    TableSchema now = schema();
    int number = 0;
    while (now.column(SchemaDiff.NAME_BETWEEN + number).isPresent()) {
      number++;
    }

    return SchemaDiff.NAME_BETWEEN + number;
  }

  void partition(String spec, String clause) {
    partitioning = clause;
    alter(spec);
  }

  void option(Map<String, String> changed) {
    options.putAll(changed);
    changed.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            options.remove(name);
          }
        });
    alter(String.join(" ", changed.entrySet().stream().map(SqlWriter::option).toList()));
  }

  private void applyNames(UnaryOperator<String> rename) {
    columns.replaceAll(column -> renamed(column, rename.apply(column.name())));
    indexes.replaceAll(
        index ->
            new IndexSchema(
                index.name(),
                index.kind(),
                index.parts().stream().map(part -> renamed(part, rename)).toList(),
                index.invisible(),
                index.comment()));
  }

  private static IndexSchema.Part renamed(IndexSchema.Part part, UnaryOperator<String> rename) {
    return part.column() == null
        ? part
        : new IndexSchema.Part(rename.apply(part.column()), null, part.length(), part.descending());
  }

  private static ColumnSchema renamed(ColumnSchema column, String name) {
    return new ColumnSchema(
        name,
        column.type(),
        column.nullable(),
        column.defaultSql(),
        column.onUpdateSql(),
        column.generated(),
        column.generatedSql(),
        column.autoIncrement(),
        column.invisible(),
        column.comment());
  }

  private static String renameSpec(String from, String to) {
    return "RENAME COLUMN " + TableId.quote(from) + " TO " + TableId.quote(to);
  }

  private String place(int at) {
    return at == 0 ? " FIRST" : " AFTER " + TableId.quote(columns.get(at - 1).name());
  }

  private void alter(String spec) {
    steps.add(new DdlStep("ALTER TABLE " + table.quoted() + " " + spec, schema()));
  }
}
