package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Attributes that columns get without anybody stating them. */
final class ImplicitAttributes {
  private static final String ZERO_TIMESTAMP = "'0000-00-00 00:00:00'";

  private ImplicitAttributes() {}

  /** The columns of a primary key are never NULL. */
  static List<ColumnSchema> ofPrimaryKey(List<ColumnSchema> columns, List<String> keyColumns) {
    if (keyColumns.isEmpty()) {
      return columns;
    }
    return columns.stream()
        .map(
            column ->
                column.nullable() && contains(keyColumns, column)
                    ? Columns.notNull(column)
                    : column)
        .toList();
  }

  /**
   * With {@code explicit_defaults_for_timestamp} off, a table's first timestamp that is not NULL
   * and has neither default nor {@code ON UPDATE} gets both as the current time; the others that
   * the statement defines get the zero timestamp as default.
   */
  static List<ColumnSchema> ofTimestamps(
      List<ColumnSchema> columns, List<String> defined, ServerTraits server) {
    if (server.explicitDefaultsForTimestamp()) {
      return columns;
    }

    List<ColumnSchema> result = new ArrayList<>(columns.size());
    boolean isFirst = true;
    for (ColumnSchema column : columns) {
      boolean isTimestamp = column.type().name().equals("timestamp");
      boolean bare =
          isTimestamp
              && !column.nullable()
              && column.defaultSql() == null
              && column.generated() == Generated.NO;
      if (bare && isFirst && column.onUpdateSql() == null) {
        result.add(Columns.withCurrentTimestamp(column, now(column.type())));
      } else if (bare && contains(defined, column)) {
        result.add(Columns.withDefault(column, ZERO_TIMESTAMP, server));
      } else {
        result.add(column);
      }
      isFirst &= !isTimestamp;
    }
    return result;
  }

  private static boolean contains(List<String> names, ColumnSchema column) {
    return names.stream().anyMatch(column.name()::equalsIgnoreCase);
  }

  private static String now(ColumnType type) {
    return type.length() > 0 ? "CURRENT_TIMESTAMP(" + type.length() + ")" : "CURRENT_TIMESTAMP";
  }
}
