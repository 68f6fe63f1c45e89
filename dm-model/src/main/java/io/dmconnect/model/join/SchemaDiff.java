package io.dmconnect.model.join;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The statements that turn one table schema into another, one change each, as TiDB wants them, in
 * an order in which each can run: indexes go before their columns and come after them, columns are
 * added before others are dropped, widened before others are narrowed, generated columns go first
 * and come last. Changes that TiDB cannot make in place on a generated column are made by dropping
 * and adding it. The engine and other options that cannot be taken away by a statement stay.
 */
public final class SchemaDiff {

  /** The {@code sql_mode} generated statements are written for. */
  public static final String SQL_MODE = "ALLOW_INVALID_DATES";

  /** How the name begins that one of several columns has while they swap theirs. */
  public static final String NAME_BETWEEN = "dm_swap_";

  private final TableSchema from;
  private final TableSchema to;
  private final DiffDraft draft;
  private final List<String> order;
  private final List<ColumnSchema> rebuilt;

  private SchemaDiff(TableSchema from, TableSchema to, TableId table) {
    this.from = from;
    this.to = to;
    this.draft = new DiffDraft(from, table);
    this.order = SchemaJoin.columnNames(to);
    this.rebuilt = from.columns().stream().filter(this::mustRebuild).toList();
  }

  /** The statements' text; see {@link #steps}. */
  public static List<String> statements(TableSchema from, TableSchema to, TableId target) {
    return steps(from, to, target).stream().map(DdlStep::sql).toList();
  }

  /**
   * The statements with the schema after each.
   *
   * @param from the table as it is; null when there is none, then one CREATE TABLE results
   * @param to the table as it is to be
   * @param target its name
   */
  public static List<DdlStep> steps(TableSchema from, TableSchema to, TableId target) {
    requireNonNull(to, "to is null");
    if (from == null) {
      return List.of(new DdlStep(SqlWriter.createTable(to, target), to));
    }

    return new SchemaDiff(from, to, target).run();
  }

  /** The statements that rename columns (old name to new name), keeping their data. */
  public static List<DdlStep> renames(
      TableSchema from, Map<String, String> renames, TableId target) {
    DiffDraft draft = new DiffDraft(from, target);
    draft.renameColumns(renames);
    return draft.steps();
  }

  /** The statement that gives the rows without a value in a nullable column one. */
  public static DdlStep backfill(
      TableSchema from, ColumnSchema column, String value, TableId target) {
    String name = TableId.quote(column.name());
    String sql = "UPDATE " + target.quoted() + " SET " + name + " = " + value;
    return new DdlStep(sql + " WHERE " + name + " IS NULL", from);
  }

  private List<DdlStep> run() {
    from.columns().stream()
        .filter(column -> column.autoIncrement() && !keepsAutoIncrement(column))
        .forEach(column -> draft.modifyColumn(ColumnJoin.withAutoIncrement(column, false)));
    from.indexes().stream().filter(this::mustDrop).forEach(draft::dropIndex);
    dropGenerated();
    addColumns(false);
    modifyColumns(true);
    modifyColumns(false);
    dropColumns();
    addColumns(true);
    moveColumns();
    addIndexes();
    to.columns().stream()
        .filter(ColumnSchema::autoIncrement)
        .filter(column -> !draft.schema().column(column.name()).orElseThrow().autoIncrement())
        .forEach(draft::modifyColumn);
    PartitionDiff.apply(draft, from.partitioning(), to.partitioning());
    changeOptions();
    return draft.steps();
  }

  private boolean keepsAutoIncrement(ColumnSchema column) {
    boolean wanted = to.column(column.name()).map(ColumnSchema::autoIncrement).orElse(false);
    return wanted
        && from.indexes().stream()
            .filter(index -> !mustDrop(index))
            .flatMap(index -> index.parts().stream())
            .anyMatch(part -> column.name().equalsIgnoreCase(part.column()));
  }

  private boolean mustRebuild(ColumnSchema column) {
    ColumnSchema wanted = to.column(column.name()).orElse(null);
    if (wanted == null) {
      return false;
    }

    if (column.generated() == Generated.STORED && wanted.generated() == Generated.NO) {
      return false;
    }

    ColumnSchema old = Canonical.column(column);
    ColumnSchema next = Canonical.column(wanted);
    return old.generated() != next.generated()
        || (old.generatedSql() != null && !old.generatedSql().equals(next.generatedSql()));
  }

  private boolean mustDrop(IndexSchema index) {
    IndexSchema wanted = to.index(index.name()).orElse(null);
    return wanted == null || !sameButVisibility(index, wanted) || holdsRebuilt(index);
  }

  private static boolean sameButVisibility(IndexSchema first, IndexSchema second) {
    IndexSchema one = Canonical.index(first);
    IndexSchema two = Canonical.index(second);
    return JoinContext.sameIndex(one, two)
        && (one.comment() == null ? two.comment() == null : one.comment().equals(two.comment()));
  }

  private boolean holdsRebuilt(IndexSchema index) {
    return index.parts().stream()
        .anyMatch(part -> rebuilt.stream().anyMatch(c -> c.name().equalsIgnoreCase(part.column())));
  }

  private void dropGenerated() {
    for (ColumnSchema column : from.columns()) {
      boolean gone = to.column(column.name()).isEmpty();
      if (rebuilt.contains(column) || (gone && column.generated() != Generated.NO)) {
        draft.dropColumn(column.name());
      }
    }
  }

  private void addColumns(boolean generated) {
    for (ColumnSchema column : to.columns()) {
      boolean missing = draft.schema().column(column.name()).isEmpty();
      if (missing && generated == (column.generated() != Generated.NO)) {
        draft.addColumn(ColumnJoin.withAutoIncrement(column, false), order);
      }
    }
  }

  private void modifyColumns(boolean widening) {
    for (ColumnSchema column : to.columns()) {
      ColumnSchema wanted =
          ColumnJoin.withAutoIncrement(
              column,
              column.autoIncrement()
                  && draft
                      .schema()
                      .column(column.name())
                      .map(ColumnSchema::autoIncrement)
                      .orElse(false));
      ColumnSchema current = draft.schema().column(column.name()).orElse(null);
      boolean changed =
          current != null && !Canonical.column(current).equals(Canonical.column(wanted));
      if (changed && widens(current, wanted) == widening) {
        draft.modifyColumn(wanted);
      }
    }
  }

  private static boolean widens(ColumnSchema current, ColumnSchema wanted) {
    ColumnSchema joined = new ColumnJoin(List.of(current, wanted), false).join();
    return joined != null && Canonical.column(joined).equals(Canonical.column(wanted));
  }

  private void dropColumns() {
    for (ColumnSchema column : from.columns()) {
      if (to.column(column.name()).isEmpty() && draft.schema().column(column.name()).isPresent()) {
        draft.dropColumn(column.name());
      }
    }
  }

  /** Moves the fewest columns: those outside a longest run that is already in order. */
  private void moveColumns() {
    List<String> settled = longestOrdered(draft.columnNames());
    for (int at = 0; at < order.size(); at++) {
      String name = order.get(at);
      if (!settled.contains(name)) {
        int target = at == 0 ? 0 : draft.columnNames().indexOf(order.get(at - 1)) + 1;
        int current = draft.columnNames().indexOf(name);
        draft.moveColumn(name, current < target ? target - 1 : target);
        settled.add(name);
      }
    }
  }

  private List<String> longestOrdered(List<String> names) {
    int[] length = new int[names.size()];
    int[] previous = new int[names.size()];
    int best = -1;
    for (int i = 0; i < names.size(); i++) {
      length[i] = 1;
      previous[i] = -1;
      for (int j = 0; j < i; j++) {
        boolean inOrder = order.indexOf(names.get(j)) < order.indexOf(names.get(i));
        if (inOrder && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          previous[i] = j;
        }
      }

      best = best < 0 || length[i] > length[best] ? i : best;
    }

    List<String> result = new ArrayList<>();
    for (int i = best; i >= 0; i = previous[i]) {
      result.add(names.get(i));
    }

    return result;
  }

  private void addIndexes() {
    List<String> names = SchemaJoin.indexNames(to);
    for (IndexSchema index : to.indexes()) {
      IndexSchema current = draft.schema().index(index.name()).orElse(null);
      if (current == null) {
        draft.addIndex(index, names);
      } else if (current.invisible() != index.invisible()) {
        draft.showIndex(index);
      }
    }
  }

  private void changeOptions() {
    SortedMap<String, String> old = Canonical.options(from.options());
    SortedMap<String, String> wanted = Canonical.options(to.options());
    SortedMap<String, String> text = new TreeMap<>();
    for (String name : List.of("charset", "collate")) {
      if (wanted.containsKey(name) && !wanted.get(name).equals(old.get(name))) {
        text.put(name, wanted.get(name));
      }
    }

    if (!text.isEmpty()) {
      draft.option(text);
    }

    wanted.forEach(
        (name, value) -> {
          boolean isText = name.equals("charset") || name.equals("collate");
          if (!isText && !value.equals(old.get(name))) {
            draft.option(Map.of(name, value));
          }
        });
    if (old.containsKey("comment") && !wanted.containsKey("comment")) {
      draft.option(Map.of("comment", ""));
    }
  }
}
