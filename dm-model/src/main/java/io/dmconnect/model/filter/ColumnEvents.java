package io.dmconnect.model.filter;

import io.dmconnect.model.ddl.ColumnDefinition;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The events of a changed column definition. */
final class ColumnEvents {
  /** Families of types from the narrowest to the widest. */
  private static final List<List<String>> FAMILIES =
      List.of(
          List.of("tinyint", "smallint", "mediumint", "int", "bigint"),
          List.of("float", "double"),
          List.of("tinytext", "text", "mediumtext", "longtext"),
          List.of("tinyblob", "blob", "mediumblob", "longblob"),
          List.of("char", "varchar"),
          List.of("binary", "varbinary"));

  private static final List<String> TEMPORAL = List.of("datetime", "timestamp", "time");

  /** Adds how the column becomes another to the events. */
  static void add(ColumnSchema before, ColumnDefinition after, Set<BinlogEvent> events) {
    type(before.type(), after.type(), events);
    if (!Objects.equals(before.defaultSql(), stated(after.defaultSql()))) {
      events.add(BinlogEvent.MODIFY_DEFAULT_VALUE);
    }

    if (before.nullable() && after.nullability() == ColumnDefinition.Nullability.NOT_NULL) {
      events.add(BinlogEvent.MODIFY_CONSTRAINT);
    }

    if (before.autoIncrement() && !after.autoIncrement()) {
      events.add(BinlogEvent.REMOVE_AUTO_INCREMENT);
    }

    if (differs(before.type().charset(), after.type().charset())) {
      events.add(BinlogEvent.MODIFY_CHARSET);
    }

    if (differs(before.type().collation(), after.type().collation())) {
      events.add(BinlogEvent.MODIFY_COLLATION);
    }
  }

  private static void type(ColumnType before, ColumnType after, Set<BinlogEvent> events) {
    if (!before.name().equals(after.name()) && rank(before, after) < 0) {
      events.add(BinlogEvent.MODIFY_COLUMN);
      return;
    }

    boolean narrower = !before.name().equals(after.name()) && rank(before, after) == 0;
    if (before.name().equals("double") && narrower) {
      events.add(BinlogEvent.PRECISION_DECREASE);
    } else if (narrower || before.unsigned() != after.unsigned() || shorter(before, after)) {
      events.add(BinlogEvent.VALUE_RANGE_DECREASE);
    }

    boolean temporal = TEMPORAL.contains(before.name());
    int digitsBefore = Math.max(0, temporal ? before.length() : before.scale());
    int digitsAfter = Math.max(0, temporal ? after.length() : after.scale());
    if (digitsAfter < digitsBefore) {
      events.add(BinlogEvent.PRECISION_DECREASE);
    }
  }

  /** Whether fewer values fit, for types whose length or members limit what fits. */
  private static boolean shorter(ColumnType before, ColumnType after) {
    return switch (before.name()) {
      case "char", "varchar", "binary", "varbinary", "bit" ->
          Math.max(1, after.length()) < Math.max(1, before.length());
      case "decimal" -> integerDigits(after) < integerDigits(before);
      case "enum", "set" -> !startsWith(after.members(), before.members());
      default -> false;
    };
  }

  private static int integerDigits(ColumnType type) {
    return (type.length() < 0 ? 10 : type.length()) - Math.max(0, type.scale());
  }

  private static boolean startsWith(List<String> members, List<String> start) {
    return members.size() >= start.size() && members.subList(0, start.size()).equals(start);
  }

  /** 1 when the second type is wider in the same family, 0 when narrower, -1 in another family. */
  private static int rank(ColumnType before, ColumnType after) {
    for (List<String> family : FAMILIES) {
      int from = family.indexOf(before.name());
      int to = family.indexOf(after.name());
      if (from >= 0 && to >= 0) {
        return to > from ? 1 : 0;
      }
    }

    return -1;
  }

  private static String stated(String defaultSql) {
    return "NULL".equalsIgnoreCase(defaultSql) ? null : defaultSql;
  }

  private static boolean differs(String before, String after) {
    return after != null && !after.equals(before);
  }

  private ColumnEvents() {}
}
