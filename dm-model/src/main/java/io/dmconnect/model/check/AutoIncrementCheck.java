package io.dmconnect.model.check;

import io.dmconnect.model.check.Finding.Difference;
import io.dmconnect.model.check.Finding.Side;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code auto_increment_ID}: whether tables count their keys up, each by itself. */
final class AutoIncrementCheck {
  private static final String NONE = "no AUTO_INCREMENT";

  static List<Finding> check(ShardTables group) {
    Set<List<String>> kept =
        group.keys().stream()
            .filter(key -> !key.tellsApart(group.tables()))
            .map(MergedKey::columns)
            .collect(Collectors.toSet());
    List<Side> sides =
        group.sides(schema -> counted(schema, kept)).stream()
            .filter(side -> !side.definition().equals(NONE))
            .toList();
    if (sides.isEmpty()) {
      return List.of();
    }

    return List.of(
        new Finding(
            CheckItem.AUTO_INCREMENT_ID,
            Finding.Severity.WARNING,
            group.target(),
            "Shard tables count a unique key up by AUTO_INCREMENT, so that new rows of two tables"
                + " can get the same key",
            List.of(new Difference("AUTO_INCREMENT", sides)),
            "Give each shard its own values (auto_increment_increment and auto_increment_offset,"
                + " or far-apart ranges), or create the merged table by hand with columns that"
                + " tell the shards apart in its keys, or without the unique key"));
  }

  /** The columns that are counted up and unique among several tables in the merged table. */
  private static String counted(TableSchema schema, Set<List<String>> kept) {
    Set<List<String>> keys = UniqueKeys.of(schema);
    keys.retainAll(kept);
    List<String> columns =
        schema.columns().stream()
            .filter(ColumnSchema::autoIncrement)
            .map(column -> UniqueKeys.lower(column.name()))
            .filter(column -> keys.contains(List.of(column)))
            .toList();
    return columns.isEmpty() ? NONE : String.join(", ", columns);
  }

  private AutoIncrementCheck() {}
}
