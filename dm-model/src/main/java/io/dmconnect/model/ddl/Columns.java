package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;

/** Columns that differ from another one in one thing. */
final class Columns {
  private Columns() {}

  static ColumnSchema renamed(ColumnSchema column, String name) {
    return copy(
        name, column.type(), column.nullable(), column.defaultSql(), column.invisible(), column);
  }

  /** The column of another type; its default is kept. */
  static ColumnSchema withType(ColumnSchema column, ColumnType type) {
    return copy(
        column.name(), type, column.nullable(), column.defaultSql(), column.invisible(), column);
  }

  /** The column with the default as stated; null for none. */
  static ColumnSchema withDefault(ColumnSchema column, String defaultSql, ServerTraits server) {
    String normalized = DefaultNormalizer.normalize(defaultSql, column.type(), server);
    return copy(
        column.name(), column.type(), column.nullable(), normalized, column.invisible(), column);
  }

  static ColumnSchema withInvisible(ColumnSchema column, boolean invisible) {
    return copy(
        column.name(), column.type(), column.nullable(), column.defaultSql(), invisible, column);
  }

  /** The column with the current time as its default and at each update. */
  static ColumnSchema withCurrentTimestamp(ColumnSchema column, String now) {
    return new ColumnSchema(
        column.name(),
        column.type(),
        column.nullable(),
        now,
        now,
        column.generated(),
        column.generatedSql(),
        column.autoIncrement(),
        column.invisible(),
        column.comment());
  }

  static ColumnSchema notNull(ColumnSchema column) {
    return copy(
        column.name(), column.type(), false, column.defaultSql(), column.invisible(), column);
  }

  private static ColumnSchema copy(
      String name,
      ColumnType type,
      boolean nullable,
      String defaultSql,
      boolean invisible,
      ColumnSchema of) {
    return new ColumnSchema(
        name,
        type,
        nullable,
        defaultSql,
        of.onUpdateSql(),
        of.generated(),
        of.generatedSql(),
        of.autoIncrement(),
        invisible,
        of.comment());
  }
}
