package io.dmconnect.model.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A unique key of shard tables as the merged table has it.
 *
 * @param columns the shard tables' columns in it, in lower case
 * @param added the columns in it that routes add, in lower case
 */
record MergedKey(List<String> columns, Set<String> added) {
  MergedKey {
    columns = List.copyOf(columns);
    added = Set.copyOf(added);
  }

  /** The tables whose rows it does not tell apart, together. */
  Collection<List<ShardTable>> together(List<ShardTable> tables) {
    Map<Map<String, String>, List<ShardTable>> byValues = new LinkedHashMap<>();
    for (ShardTable table : tables) {
      Map<String, String> values = new TreeMap<>(table.added());
      values.keySet().retainAll(added);
      byValues.computeIfAbsent(values, own -> new ArrayList<>()).add(table);
    }

    return byValues.values();
  }

  /** Whether it tells every table's rows from those of the others. */
  boolean tellsApart(List<ShardTable> tables) {
    return together(tables).size() == tables.size();
  }
}
