package io.dmconnect.model.check;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding.Side;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of one group.
 *
 * @param target the merged table
 * @param mode how it changes
 * @param found the merged table as it is; null when there is none yet. Without the columns the
 *     routes add it is taken to get them in every key
 * @param tables those whose definition is known, at least two
 */
record ShardTables(TableId target, GroupMode mode, TableSchema found, List<ShardTable> tables) {
  ShardTables {
    tables = List.copyOf(tables);
  }

  /** The unique keys of the tables that the merged table has. */
  List<MergedKey> keys() {
    Set<List<String>> own = new LinkedHashSet<>();
    schemas().forEach(schema -> own.addAll(UniqueKeys.of(schema)));
    AddedColumns added = added();
    if (found == null || !added.areIn(found)) {
      return own.stream()
          .filter(key -> found == null || UniqueKeys.of(found).contains(key))
          .map(key -> new MergedKey(key, added.names()))
          .toList();
    }

    List<MergedKey> keys = new ArrayList<>();
    for (List<String> key : UniqueKeys.of(found)) {
      List<String> columns = key.stream().filter(column -> !added.contains(column)).toList();
      if (own.contains(columns)) {
        keys.add(
            new MergedKey(
                columns, key.stream().filter(added::contains).collect(Collectors.toSet())));
      }
    }

    return keys;
  }

  private AddedColumns added() {
    return new AddedColumns(
        tables.stream().flatMap(table -> table.added().keySet().stream()).toList());
  }

  /** Each schema once. */
  List<TableSchema> schemas() {
    return tables.stream().map(ShardTable::schema).distinct().toList();
  }

  /** The tables side by side by what a function tells of their schema. */
  List<Side> sides(Function<TableSchema, String> definition) {
    Map<String, List<MemberId>> byText = new LinkedHashMap<>();
    Map<TableSchema, String> known = new LinkedHashMap<>();
    for (ShardTable table : tables) {
      String text = known.computeIfAbsent(table.schema(), definition);
      byText.computeIfAbsent(text, t -> new ArrayList<>()).add(table.member());
    }

    List<Side> sides = new ArrayList<>();
    byText.forEach((text, members) -> sides.add(new Side(text, members)));
    return sides;
  }
}
