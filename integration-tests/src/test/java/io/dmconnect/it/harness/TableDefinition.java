package io.dmconnect.it.harness;

import io.dmconnect.local.client.Sql;
import io.dmconnect.model.TableId;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as {@code information_schema} of MySQL 8.0 and TiDB shows it, in a form that is equal on
 * both when the tables are.
 *
 * @param parts its columns, keys, comment and partitions by name: {@code column a}, {@code key k},
 *     {@code comment}, {@code partitions}
 * @param columns the names of its columns in their order; empty when there is no such table
 */
public record TableDefinition(NavigableMap<String, String> parts, List<String> columns) {
  private static final String COLUMN = "column ";
  private static final Pattern ON_UPDATE = Pattern.compile("(?i).*\\bon update (\\S+).*");

  /** Reads a table's definition. */
  public static TableDefinition read(Sql sql, TableId table) {
    String of =
        " WHERE TABLE_SCHEMA = '" + table.schema() + "' AND TABLE_NAME = '" + table.table() + "'";
    NavigableMap<String, String> parts = new TreeMap<>();
    List<List<String>> columns =
        sql.rows(
            "SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLLATION_NAME,"
                + " GENERATION_EXPRESSION <> '', EXTRA, COLUMN_COMMENT"
                + " FROM information_schema.COLUMNS"
                + of
                + " ORDER BY ORDINAL_POSITION");
    columns.forEach(column -> parts.put(COLUMN + column.get(0), column(column)));
    sql.rows(
            "SELECT INDEX_NAME, NON_UNIQUE, GROUP_CONCAT(COLUMN_NAME, COALESCE(SUB_PART, '')"
                + " ORDER BY SEQ_IN_INDEX), IS_VISIBLE, INDEX_COMMENT"
                + " FROM information_schema.STATISTICS"
                + of
                + " GROUP BY INDEX_NAME, NON_UNIQUE, IS_VISIBLE, INDEX_COMMENT")
        .forEach(key -> parts.put("key " + key.get(0), key(key)));
    sql.column("SELECT TABLE_COMMENT FROM information_schema.TABLES" + of)
        .forEach(comment -> parts.put("comment", comment));
    parts.put(
        "partitions",
        sql.rows(
                "SELECT PARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION,"
                    + " PARTITION_DESCRIPTION FROM information_schema.PARTITIONS"
                    + of
                    + " AND PARTITION_NAME IS NOT NULL ORDER BY PARTITION_ORDINAL_POSITION")
            .toString()
            .replace("`", ""));
    return new TableDefinition(parts, columns.stream().map(column -> column.get(0)).toList());
  }

  /** Whether a part of that name is a column. */
  public static boolean isColumn(String part) {
    return part.startsWith(COLUMN);
  }

  /** TiDB shows the width of integers, MySQL 8.0 the digits of a decimal's default. */
  private static String column(List<String> column) {
    String type =
        column
            .get(1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("int\\(\\d+\\)", "int")
            .replace("year(4)", "year");
    String stated = column.get(3);
    boolean digits = stated != null && type.startsWith("decimal");
    Matcher onUpdate = ON_UPDATE.matcher(column.get(6));
    return type
        + (column.get(2).equals("YES") ? " NULL" : " NOT NULL")
        + " DEFAULT "
        + (digits ? stated.replaceAll("\\.0+$", "") : stated)
        + (onUpdate.matches() ? " ON UPDATE " + onUpdate.group(1) : "")
        + (column.get(4) == null ? "" : " " + column.get(4).replace("utf8mb3_", "utf8_"))
        + (column.get(5).equals("1") ? " GENERATED" : "")
        + comment(column.get(7));
  }

  private static String key(List<String> key) {
    return (key.get(1).equals("0") ? "unique " : "")
        + key.get(2)
        + (key.get(3).equals("YES") ? "" : " INVISIBLE")
        + comment(key.get(4));
  }

  private static String comment(String text) {
    return text.isEmpty() ? "" : " COMMENT " + text;
  }
}
