package io.dmconnect.model.coordination;

import io.dmconnect.model.join.JoinContext;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keeps which index definitions members have given up. A member that still holds one, or comes to
 * it later, is behind; it does not contradict the others. Forgotten when all agree on a name and no
 * table is awaited any more.
 */
final class FormerIndexes {
  private static final int KEPT = 8;

  /** The definitions given up once some requests are done. */
  static NavigableMap<String, List<IndexSchema>> after(
      GroupState state, Collection<Pending> done, View view) {
    NavigableMap<String, List<IndexSchema>> result =
        new TreeMap<>(state.core().history().formerIndexes());
    for (Pending pending : done) {
      TableSchema before = pending.request().before();
      TableSchema after = pending.request().after();
      if (before != null && after != null) {
        before.indexes().stream().filter(old -> !has(after, old)).forEach(old -> add(result, old));
        after.indexes().stream()
            .filter(index -> !has(before, index) && !isPassed(result, index, view))
            .forEach(index -> remove(result, index));
      }
    }

    List<TableSchema> schemas = view.distinct();
    boolean awaiting = state.isAwaiting(done);
    result
        .keySet()
        .removeIf(name -> schemas.isEmpty() || (!awaiting && allHaveTheSame(schemas, name)));
    result.values().removeIf(List::isEmpty);
    return result;
  }

  /** Whether a member has gone on from the definition to another one, which was not given up. */
  private static boolean isPassed(
      NavigableMap<String, List<IndexSchema>> former, IndexSchema index, View view) {
    List<IndexSchema> definitions = former.getOrDefault(name(index), List.of());
    return view.distinct().stream()
        .flatMap(schema -> schema.index(index.name()).stream())
        .filter(own -> !JoinContext.sameIndex(own, index))
        .anyMatch(own -> definitions.stream().noneMatch(old -> JoinContext.sameIndex(old, own)));
  }

  private static boolean allHaveTheSame(List<TableSchema> schemas, String name) {
    IndexSchema first = schemas.get(0).index(name).orElse(null);
    return first != null && schemas.stream().allMatch(schema -> has(schema, first));
  }

  private static boolean has(TableSchema schema, IndexSchema index) {
    return schema.index(index.name()).filter(own -> JoinContext.sameIndex(own, index)).isPresent();
  }

  private static void add(NavigableMap<String, List<IndexSchema>> former, IndexSchema index) {
    remove(former, index);
    List<IndexSchema> definitions = new ArrayList<>(former.getOrDefault(name(index), List.of()));
    definitions.add(index);
    int kept = Math.max(0, definitions.size() - KEPT);
    former.put(name(index), definitions.subList(kept, definitions.size()));
  }

  private static void remove(NavigableMap<String, List<IndexSchema>> former, IndexSchema index) {
    former.computeIfPresent(
        name(index),
        (name, definitions) ->
            definitions.stream().filter(old -> !JoinContext.sameIndex(old, index)).toList());
  }

  private static String name(IndexSchema index) {
    return index.name().toLowerCase(Locale.ROOT);
  }

  private FormerIndexes() {}
}
