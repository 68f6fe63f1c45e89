package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One table's change carried over to another table: what did not change stays as the other has it,
 * so that columns, indexes and wider types somebody gave the other table by hand are left alone.
 */
public final class SchemaOverlay {

  /**
   * The table as it is to be.
   *
   * @param actual the table to change
   * @param before the changing table before
   * @param after the changing table after
   */
  public static TableSchema apply(TableSchema actual, TableSchema before, TableSchema after) {
    return apply(actual, before, after, SchemaOverlay::merge);
  }

  /**
   * The table as it is to be by statements that are generated: where it holds more than the
   * changing table did, as values of others, a change does not narrow it.
   */
  public static TableSchema holding(TableSchema actual, TableSchema before, TableSchema after) {
    return apply(actual, before, after, SchemaOverlay::mergeHolding);
  }

  /** How a column of both tables that changes goes on. */
  private interface Merge {
    ColumnSchema of(ColumnSchema own, ColumnSchema old, ColumnSchema next);
  }

  private static TableSchema apply(
      TableSchema actual, TableSchema before, TableSchema after, Merge merge) {
    Map<String, ColumnSchema> columns = byName(actual.columns(), ColumnSchema::name);
    Map<String, ColumnSchema> old = byName(before.columns(), ColumnSchema::name);
    Map<String, ColumnSchema> wanted = byName(after.columns(), ColumnSchema::name);
    old.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(columns::remove);
    wanted.forEach(
        (name, column) -> {
          ColumnSchema own = columns.get(name);
          boolean kept = own == null && isSame(old.get(name), column);
          if (!kept) {
            columns.put(name, own == null ? column : merge.of(own, old.get(name), column));
          }
        });

    Map<String, IndexSchema> indexes = byName(actual.indexes(), IndexSchema::name);
    Map<String, IndexSchema> oldIndexes = byName(before.indexes(), IndexSchema::name);
    Map<String, IndexSchema> wantedIndexes = byName(after.indexes(), IndexSchema::name);
    oldIndexes.keySet().stream()
        .filter(name -> !wantedIndexes.containsKey(name))
        .forEach(indexes::remove);
    wantedIndexes.forEach(
        (name, index) -> {
          boolean changed = !same(oldIndexes.get(name), index);
          if (changed || !oldIndexes.containsKey(name)) {
            indexes.put(name, index);
          }
        });
    return new TableSchema(
        order(columns, SchemaJoin.columnNames(actual), SchemaJoin.columnNames(after)),
        order(indexes, SchemaJoin.indexNames(actual), SchemaJoin.indexNames(after)),
        options(actual, before, after),
        Partitioning.isSame(before.partitioning(), after.partitioning())
            ? actual.partitioning()
            : after.partitioning());
  }

  /**
   * The table with some parts as another defines them: the columns, indexes and partitioning that
   * the reasons name. What the other lacks is taken away.
   */
  public static TableSchema impose(
      TableSchema actual, TableSchema other, List<JoinReason> reasons) {
    Map<String, ColumnSchema> columns = byName(actual.columns(), ColumnSchema::name);
    Map<String, IndexSchema> indexes = byName(actual.indexes(), IndexSchema::name);
    String partitioning = actual.partitioning();
    for (JoinReason reason : reasons) {
      String name = Canonical.lower(reason.name());
      switch (reason.part()) {
        case COLUMN -> replace(columns, name, other.column(name).orElse(null));
        case INDEX -> replace(indexes, name, other.index(name).orElse(null));
        case PARTITIONING -> partitioning = other.partitioning();
      }
    }

    indexes
        .values()
        .removeIf(
            index ->
                index.parts().stream()
                    .anyMatch(
                        part ->
                            part.column() != null
                                && !columns.containsKey(Canonical.lower(part.column()))));
    return new TableSchema(
        List.copyOf(columns.values()),
        List.copyOf(indexes.values()),
        actual.options(),
        partitioning);
  }

  private static <T> void replace(Map<String, T> byName, String name, T definition) {
    if (definition == null) {
      byName.remove(name);
    } else {
      byName.put(name, definition);
    }
  }

  private static ColumnSchema merge(ColumnSchema own, ColumnSchema old, ColumnSchema next) {
    if (isSame(old, next)) {
      return own;
    }

    boolean widening = old == null || isWider(old, next);
    return widening && isWider(next, own) ? own : next;
  }

  private static ColumnSchema mergeHolding(ColumnSchema own, ColumnSchema old, ColumnSchema next) {
    if (isSame(old, next)) {
      return own;
    }

    if (old == null || isWider(old, next)) {
      ColumnSchema joined = new ColumnJoin(List.of(own, next), false).join();
      return joined == null ? next : isSame(own, joined) ? own : joined;
    }

    boolean heldMore = !isSame(own, old) && isWider(old, own) && isWider(next, own);
    return heldMore ? own : next;
  }

  private static boolean isSame(ColumnSchema old, ColumnSchema next) {
    return old != null && Canonical.column(old).equals(Canonical.column(next));
  }

  private static boolean isWider(ColumnSchema old, ColumnSchema next) {
    ColumnSchema joined = new ColumnJoin(List.of(old, next), false).join();
    return joined != null && Canonical.column(joined).equals(Canonical.column(next));
  }

  private static boolean same(IndexSchema first, IndexSchema second) {
    return first != null && Canonical.index(first).equals(Canonical.index(second));
  }

  private static NavigableMap<String, String> options(
      TableSchema actual, TableSchema before, TableSchema after) {
    NavigableMap<String, String> result = new TreeMap<>(actual.options());
    before.options().keySet().stream()
        .filter(name -> !after.options().containsKey(name))
        .forEach(result::remove);
    after
        .options()
        .forEach(
            (name, value) -> {
              if (!value.equals(before.options().get(name))) {
                result.put(name, value);
              }
            });
    return result;
  }

  private static <T> List<T> order(Map<String, T> byName, List<String> actual, List<String> after) {
    List<String> names;
    if (after.size() == byName.size() && byName.keySet().containsAll(after)) {
      names = after;
    } else {
      names = new ArrayList<>(actual);
      ColumnOrder.insertMissing(names, after);
    }

    return names.stream().map(byName::get).filter(Objects::nonNull).toList();
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    Map<String, T> result = new LinkedHashMap<>();
    items.forEach(item -> result.put(Canonical.lower(name.apply(item)), item));
    return result;
  }

  private SchemaOverlay() {}
}
