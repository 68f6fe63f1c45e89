package io.dmconnect.it.scenario;

import io.dmconnect.it.harness.TableDefinition;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.compare.TableReader;
import io.dmconnect.model.TableId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the merged table with its shards, as MySQL and TiDB show them. */
final class Ends {
  private static final String DEFAULT_COLLATION = " COLLATE utf8mb4_0900_ai_ci";

  private final TableReader reader = new TableReader();
  private final Set<String> except;

  /** A comparison without the values of some columns. */
  Ends(Set<String> except) {
    this.except = except;
  }

  /** Rows with the columns they have. */
  record Rows(List<String> columns, List<List<String>> rows) {

    /** The rows with some of their columns, each as one text. */
    private List<String> with(Collection<String> names) {
      List<Integer> places = names.stream().map(columns::indexOf).toList();
      List<String> texts = new ArrayList<>();
      for (List<String> row : rows) {
        List<String> cells = new ArrayList<>();
        places.forEach(place -> cells.add(row.get(place)));
        texts.add(cells.toString());
      }

      return texts;
    }
  }

  Rows read(Sql sql, TableId table) throws SQLException {
    List<String> columns = reader.columns(sql.connection(), table.schema(), table.table());
    return new Rows(columns, reader.rows(sql.connection(), table.schema(), table.table(), columns));
  }

  /** How the target's rows differ from those of its shards; empty when they do not. */
  String rowDifference(Rows target, List<Rows> shards) {
    Set<String> common = new LinkedHashSet<>(target.columns());
    common.removeAll(except);
    List<String> all = new ArrayList<>();
    shards.forEach(shard -> common.retainAll(shard.columns()));
    shards.forEach(shard -> all.addAll(shard.with(common)));
    String difference = difference(target.with(common), all);
    for (Rows shard : shards) {
      Set<String> own = new LinkedHashSet<>(shard.columns());
      own.removeAll(except);
      own.retainAll(target.columns());
      if (difference.isEmpty() && !own.equals(common)) {
        List<String> missing = minus(shard.with(own), target.with(own));
        difference = missing.isEmpty() ? "" : "The target lacks " + own + " " + missing;
      }
    }

    return difference;
  }

  private static String difference(List<String> target, List<String> shards) {
    List<String> missing = minus(shards, target);
    List<String> extra = minus(target, shards);
    return missing.isEmpty() && extra.isEmpty()
        ? ""
        : "The target lacks " + missing + " and has besides " + extra;
  }

  private static List<String> minus(List<String> some, List<String> others) {
    Map<String, Integer> counts = new HashMap<>();
    others.forEach(text -> counts.merge(text, 1, Integer::sum));
    List<String> left = new ArrayList<>();
    for (String text : some) {
      if (counts.merge(text, -1, Integer::sum) < 0) {
        left.add(text);
      }
    }

    return left;
  }

  /**
   * How the merged table's definition differs from its shards': parts that all of them have alike
   * are the same there, so is the order of the columns, and each column of any of them is there;
   * empty when nothing differs.
   */
  static String definitionDifference(TableDefinition merged, List<TableDefinition> shards) {
    List<String> differences = new ArrayList<>();
    Set<String> names = new TreeSet<>(merged.parts().keySet());
    shards.forEach(shard -> names.addAll(shard.parts().keySet()));
    for (String name : names) {
      Set<String> stated = new HashSet<>();
      shards.forEach(shard -> stated.add(shard.parts().get(name)));
      String part = merged.parts().get(name);
      boolean same = stated.size() == 1 ? stated.contains(part) : part != null;
      if (!same && (stated.size() == 1 || TableDefinition.isColumn(name))) {
        differences.add(name + " is " + part + " instead of " + stated);
      }
    }

    Set<List<String>> orders =
        shards.stream().map(TableDefinition::columns).collect(Collectors.toSet());
    if (orders.size() == 1 && !orders.contains(merged.columns())) {
      differences.add("the order is " + merged.columns() + " instead of " + orders);
    }

    return String.join("; ", differences);
  }

  /** The lines of a table's SHOW CREATE TABLE, without quotes, widths and TiDB's comments. */
  static List<String> lines(Sql tidb, TableId table) {
    String text = tidb.rows("SHOW CREATE TABLE " + table.quoted()).get(0).get(1);
    return text.lines()
        .skip(1)
        .map(line -> line.replaceAll(" /\\*T!.*?\\*/", "").replace("`", "").strip())
        .map(line -> line.replaceAll("int\\(\\d+\\)", "int").replace(DEFAULT_COLLATION, ""))
        .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
        .filter(line -> !line.startsWith(") "))
        .toList();
  }
}
