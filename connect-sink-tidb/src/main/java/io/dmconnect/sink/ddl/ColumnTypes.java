package io.dmconnect.sink.ddl;

import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.Locale;
import java.util.Set;

/**
 * One spelling of a column's type for both ends: that of {@code information_schema} without what
 * has no effect on values (display widths, character sets).
 */
final class ColumnTypes {
  private static final Set<String> WITH_LENGTH =
      Set.of("char", "varchar", "binary", "varbinary", "bit", "decimal");
  private static final Set<String> TEMPORAL = Set.of("datetime", "timestamp", "time");

  /** The spelling of an upstream type, as TiDB has it. */
  static String of(ColumnType type) {
    String name = TiDbCompatibility.columnType(type.name());
    StringBuilder text = new StringBuilder(name);
    if (type.name().equals("enum") || type.name().equals("set")) {
      text.append(members(type));
    } else if (name.equals("decimal")) {
      text.append('(').append(type.length() < 0 ? 10 : type.length());
      text.append(',').append(Math.max(type.scale(), 0)).append(')');
    } else if (WITH_LENGTH.contains(name)) {
      text.append('(').append(type.length() < 0 ? 1 : type.length()).append(')');
    } else if (TEMPORAL.contains(name) && type.length() > 0) {
      text.append('(').append(type.length()).append(')');
    } else if ((name.equals("float") || name.equals("double")) && type.scale() >= 0) {
      text.append('(').append(type.length()).append(',').append(type.scale()).append(')');
    }

    return type.unsigned() ? text.append(" unsigned").toString() : text.toString();
  }

  private static String members(ColumnType type) {
    return "("
        + String.join(
            ",", type.members().stream().map(m -> "'" + m.replace("'", "''") + "'").toList())
        + ")";
  }

  /** The spelling of {@code information_schema.columns.column_type}. */
  static String ofTarget(String columnType) {
    if (columnType.startsWith("enum(") || columnType.startsWith("set(")) {
      return columnType;
    }

    String text = columnType.toLowerCase(Locale.ROOT).replace(" zerofill", "");
    return text.replaceFirst("^(tinyint|smallint|mediumint|int|bigint|year)\\(\\d+\\)", "$1");
  }

  /** The type's name without its arguments. */
  static String base(String spelled) {
    int end = 0;
    while (end < spelled.length() && Character.isLetter(spelled.charAt(end))) {
      end++;
    }

    return spelled.substring(0, end);
  }

  private ColumnTypes() {}
}
