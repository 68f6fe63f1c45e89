package io.dmconnect.model.check;

import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding.Side;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tables of one group.
 *
 * @param target the merged table
 * @param mode how it changes
 * @param found the merged table as it is, without added columns; null when there is none yet
 * @param tables those whose definition is known, at least two
 */
record ShardTables(TableId target, GroupMode mode, TableSchema found, List<ShardTable> tables) {
  ShardTables {
    tables = List.copyOf(tables);
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
