package io.dmconnect.model.check;

import io.dmconnect.model.check.Finding.Difference;
import io.dmconnect.model.check.Finding.Severity;
import io.dmconnect.model.check.Finding.Side;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code unique_key_of_shard_tables}: whether values of a unique key meet in the merged table. Two
 * tables with an equal value lose a row; ranges that overlap may do so later.
 */
final class KeyCheck {
  private static final int EXAMPLES = 3;
  private static final String ADVICE =
      "Create the merged table by hand: with columns that tell the shards apart in its keys"
          + " (extract-table, extract-schema, extract-source of the route), or without the unique"
          + " key";

  private final ShardTables group;
  private final List<String> columns;
  private final List<ShardTable> tables;
  private final List<MemberId> unchecked;

  static List<Finding> check(ShardTables group) {
    List<Finding> findings = new ArrayList<>();
    for (MergedKey key : group.keys()) {
      key.together(group.tables())
          .forEach(tables -> new KeyCheck(group, key.columns(), tables).check(findings));
    }

    return findings;
  }

  private KeyCheck(ShardTables group, List<String> columns, List<ShardTable> tables) {
    this.group = group;
    this.columns = columns;
    this.tables = tables.stream().filter(table -> table.key(columns) != null).toList();
    this.unchecked =
        tables.stream()
            .filter(table -> table.key(columns) == null)
            .filter(table -> tables.size() > 1 && UniqueKeys.of(table.schema()).contains(columns))
            .map(ShardTable::member)
            .toList();
  }

  private void check(List<Finding> findings) {
    if (!unchecked.isEmpty()) {
      findings.add(
          finding(
              Severity.WARNING,
              "Values of the unique key " + name() + " are not checked",
              List.of(
                  new Difference(
                      "values of " + name(), List.of(new Side("not checked", unchecked)))),
              "Their source could not read them in time, its log says why: check again, or make"
                  + " sure that no value is in several tables"));
    }

    List<Difference> equal = equalValues();
    if (!equal.isEmpty()) {
      findings.add(
          finding(
              Severity.ERROR,
              "Values of the unique key " + name() + " are in several shard tables",
              equal,
              ADVICE
                  + "; or make the values differ. Without this check"
                  + " (ignore-checking-items=unique_key_of_shard_tables) one of the rows is lost"));
      return;
    }

    List<Side> overlapping = overlapping();
    if (!overlapping.isEmpty()) {
      findings.add(
          finding(
              Severity.WARNING,
              "The shard tables' values of the unique key " + name() + " overlap",
              List.of(new Difference("values of " + name(), overlapping)),
              ADVICE + ", unless the values never meet, as with auto_increment_increment"));
    }
  }

  private List<Difference> equalValues() {
    Map<String, List<MemberId>> byValue = new TreeMap<>();
    Map<String, String> shown = new TreeMap<>();
    for (ShardTable table : tables) {
      for (String sample : table.key(columns).samples()) {
        String value = KeyFacts.compared(sample);
        byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(table.member());
        shown.putIfAbsent(value, KeyFacts.shown(sample));
      }
    }

    byValue.values().removeIf(members -> members.size() < 2);
    return byValue.entrySet().stream()
        .limit(EXAMPLES)
        .map(
            one ->
                new Difference(name(), List.of(new Side(shown.get(one.getKey()), one.getValue()))))
        .toList();
  }

  private List<Side> overlapping() {
    List<Side> sides = new ArrayList<>();
    for (ShardTable table : tables) {
      KeyFacts key = table.key(columns);
      boolean meets =
          tables.stream()
              .anyMatch(other -> !other.equals(table) && other.key(columns).overlaps(key));
      if (meets) {
        sides.add(new Side(key.least() + " to " + key.greatest(), List.of(table.member())));
      }
    }

    return sides;
  }

  private Finding finding(
      Severity severity, String problem, List<Difference> differences, String advice) {
    return new Finding(
        CheckItem.UNIQUE_KEY_OF_SHARD_TABLES,
        severity,
        group.target(),
        problem,
        differences,
        advice);
  }

  private String name() {
    return "(" + String.join(", ", columns) + ")";
  }
}
