package io.dmconnect.it.scenario;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.compare.TableReader;
import io.dmconnect.model.TableId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  /** The columns and keys of a table, as text that MySQL and TiDB have in common. */
  static Set<String> definition(Sql sql, TableId table) {
    String of = " WHERE TABLE_SCHEMA = '" + table.schema() + "' AND TABLE_NAME = '" + table.table();
    Set<String> lines = new TreeSet<>();
    String columns =
        "SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLLATION_NAME,"
            + " GENERATION_EXPRESSION <> '' FROM information_schema.COLUMNS"
            + of
            + "'";
    for (List<String> column : sql.rows(columns)) {
      String type = column.get(1).toLowerCase(Locale.ROOT);
      lines.add(
          column.get(0)
              + " "
              + type.replaceAll("int\\(\\d+\\)", "int").replace("year(4)", "year")
              + (column.get(2).equals("YES") ? " NULL" : " NOT NULL")
              + " DEFAULT "
              + column.get(3)
              + (column.get(4) == null ? "" : " " + column.get(4).replace("utf8mb3_", "utf8_"))
              + (column.get(5).equals("1") ? " GENERATED" : ""));
    }

    String indexes =
        "SELECT INDEX_NAME, NON_UNIQUE, GROUP_CONCAT(COLUMN_NAME, COALESCE(SUB_PART, '')"
            + " ORDER BY SEQ_IN_INDEX) FROM information_schema.STATISTICS"
            + of
            + "' GROUP BY INDEX_NAME, NON_UNIQUE";
    for (List<String> index : sql.rows(indexes)) {
      lines.add(
          (index.get(1).equals("0") ? "unique " : "") + "key " + index.get(0) + " " + index.get(2));
    }

    return lines;
  }

  /** The names of a table's columns. */
  static Set<String> columns(Sql sql, TableId table) {
    return new TreeSet<>(
        sql.column(
            "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '"
                + table.schema()
                + "' AND TABLE_NAME = '"
                + table.table()
                + "'"));
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
