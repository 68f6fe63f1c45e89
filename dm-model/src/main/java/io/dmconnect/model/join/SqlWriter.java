package io.dmconnect.model.join;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Definitions as SQL text, for sessions with backslash escapes on and {@code ANSI_QUOTES} off (see
 * {@link SchemaDiff#SQL_MODE}).
 */
public final class SqlWriter {
  private static final Set<String> QUOTED_OPTIONS = Set.of("comment", "compression", "connection");

  /** A string literal in single quotes. */
  public static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** A column's definition with its name, as in CREATE TABLE, without a position. */
  public static String column(ColumnSchema column) {
    StringBuilder sql = new StringBuilder(TableId.quote(column.name()));
    sql.append(' ').append(type(column.type()));
    if (column.generated() != Generated.NO) {
      sql.append(" GENERATED ALWAYS AS (").append(column.generatedSql()).append(") ");
      sql.append(column.generated());
      if (!column.nullable()) {
        sql.append(" NOT NULL");
      }
    } else {
      sql.append(column.nullable() ? " NULL" : " NOT NULL");
      if (column.defaultSql() != null) {
        sql.append(" DEFAULT ").append(column.defaultSql());
      }

      if (column.onUpdateSql() != null) {
        sql.append(" ON UPDATE ").append(column.onUpdateSql());
      }

      if (column.autoIncrement()) {
        sql.append(" AUTO_INCREMENT");
      }
    }

    if (column.invisible()) {
      sql.append(" INVISIBLE");
    }

    if (column.comment() != null && !column.comment().isEmpty()) {
      sql.append(" COMMENT ").append(quote(column.comment()));
    }

    return sql.toString();
  }

  /** A data type with its attributes. */
  public static String type(ColumnType type) {
    StringBuilder sql = new StringBuilder(type.name());
    if (!type.members().isEmpty()) {
      sql.append(
          type.members().stream().map(SqlWriter::quote).collect(Collectors.joining(",", "(", ")")));
    } else if (type.length() >= 0) {
      sql.append('(').append(type.length());
      if (type.scale() >= 0) {
        sql.append(',').append(type.scale());
      }

      sql.append(')');
    }

    if (type.unsigned()) {
      sql.append(" UNSIGNED");
    }

    if (type.zerofill()) {
      sql.append(" ZEROFILL");
    }

    if (type.charset() != null) {
      sql.append(" CHARACTER SET ").append(type.charset());
    }

    if (type.collation() != null) {
      sql.append(" COLLATE ").append(type.collation());
    }

    return sql.toString();
  }

  /** An index's definition, as in CREATE TABLE. */
  public static String index(IndexSchema index) {
    String kind =
        switch (index.kind()) {
          case PRIMARY -> "PRIMARY KEY";
          case UNIQUE -> "UNIQUE KEY ";
          case KEY -> "KEY ";
          case FULLTEXT -> "FULLTEXT KEY ";
          case SPATIAL -> "SPATIAL KEY ";
        };
    StringBuilder sql = new StringBuilder(kind);
    if (index.kind() != IndexSchema.Kind.PRIMARY) {
      sql.append(TableId.quote(index.name()));
    }

    sql.append(
        index.parts().stream().map(SqlWriter::part).collect(Collectors.joining(", ", " (", ")")));
    if (index.comment() != null && !index.comment().isEmpty()) {
      sql.append(" COMMENT ").append(quote(index.comment()));
    }

    if (index.invisible()) {
      sql.append(" INVISIBLE");
    }

    return sql.toString();
  }

  /** A CREATE TABLE statement that makes the table if it is not there. */
  public static String createTable(TableSchema schema, TableId table) {
    List<String> lines = new ArrayList<>();
    schema.columns().forEach(column -> lines.add(column(column)));
    schema.indexes().forEach(index -> lines.add(index(index)));
    String options =
        schema.options().entrySet().stream()
            .map(option -> " " + option(option))
            .collect(Collectors.joining());
    String partitioning = schema.partitioning() == null ? "" : " " + schema.partitioning();
    return "CREATE TABLE IF NOT EXISTS "
        + table.quoted()
        + " (\n  "
        + String.join(",\n  ", lines)
        + "\n)"
        + options
        + partitioning;
  }

  /** One table option as {@code NAME = value}. */
  static String option(Map.Entry<String, String> option) {
    String value = option.getValue();
    return switch (option.getKey()) {
      case "charset" -> "DEFAULT CHARACTER SET = " + value;
      case "collate" -> "COLLATE = " + value;
      default ->
          option.getKey().toUpperCase(Locale.ROOT)
              + " = "
              + (QUOTED_OPTIONS.contains(option.getKey()) ? quote(value) : value);
    };
  }

  private static String part(IndexSchema.Part part) {
    String what =
        part.column() == null ? "(" + part.expression() + ")" : TableId.quote(part.column());
    return what
        + (part.length() >= 0 ? "(" + part.length() + ")" : "")
        + (part.descending() ? " DESC" : "");
  }

  private SqlWriter() {}
}
