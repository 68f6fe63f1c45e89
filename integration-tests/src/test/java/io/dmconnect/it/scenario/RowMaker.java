package io.dmconnect.it.scenario;

import io.dmconnect.local.client.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes a row of the shape a table has at the moment, distinct from all others of its number. */
final class RowMaker {

  /** The INSERT of row {@code number} into a table. */
  static String insert(Sql mysql, String schema, String table, int number) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    String query =
        "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_MAXIMUM_LENGTH"
            + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '"
            + schema
            + "' AND TABLE_NAME = '"
            + table
            + "' AND GENERATION_EXPRESSION = '' ORDER BY ORDINAL_POSITION";
    for (List<String> column : mysql.rows(query)) {
      names.add("`" + column.get(0) + "`");
      values.add(value(column.get(1), column.get(2), column.get(3), number));
    }

    return "INSERT INTO `"
        + schema
        + "`.`"
        + table
        + "` ("
        + String.join(", ", names)
        + ") VALUES ("
        + String.join(", ", values)
        + ")";
  }

  private static String value(String type, String fullType, String length, int number) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          "'" + (Long.parseLong(length) < 4 ? number : "r" + number) + "'";
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          "'" + number + "'";
      case "date" -> "DATE '2024-01-01' + INTERVAL " + number + " DAY";
      case "datetime", "timestamp" ->
          "TIMESTAMP '2024-01-01 00:00:00' + INTERVAL " + number + " MINUTE";
      case "time" -> "SEC_TO_TIME(" + number + ")";
      case "year" -> Integer.toString(2000 + number % 100);
      case "enum", "set" -> fullType.substring(fullType.indexOf('\''), end(fullType));
      case "json" -> "'{\"n\": " + number + "}'";
      case "bit" -> "b'" + number % 2 + "'";
      default -> Integer.toString(number);
    };
  }

  /** The end of the first member of an ENUM or SET. */
  private static int end(String type) {
    return type.indexOf('\'', type.indexOf('\'') + 1) + 1;
  }

  private RowMaker() {}
}
