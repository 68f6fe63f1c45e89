package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnType;

/**
 * The value MySQL gives a NOT NULL column without default to the rows that exist when it is added
 * (MySQL manual, "Data Type Default Values").
 */
final class ImplicitDefault {

  /** The value as SQL text; null when the type cannot have a literal default. */
  static String of(ColumnType type) {
    return switch (Canonical.type(type).name()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "float", "double" -> "0";
      case "decimal" -> "0";
      case "bit" -> "b'0'";
      case "char", "varchar", "binary", "varbinary", "set" -> "''";
      case "enum" -> SqlWriter.quote(type.members().isEmpty() ? "" : type.members().get(0));
      case "date" -> "'0000-00-00'";
      case "datetime", "timestamp" -> "'0000-00-00 00:00:00'";
      case "time" -> "'00:00:00'";
      case "year" -> "'0000'";
      default -> null;
    };
  }

  /** As {@link #of}, also for types whose columns cannot state the value as their default. */
  static String fillOf(ColumnType type) {
    String literal = of(type);
    if (literal != null) {
      return literal;
    }

    return switch (Canonical.type(type).name()) {
      case "json" -> "'null'";
      default -> "''";
    };
  }

  private ImplicitDefault() {}
}
