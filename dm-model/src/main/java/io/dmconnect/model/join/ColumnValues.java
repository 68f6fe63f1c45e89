package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.TableSchema;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What columns hold for rows that do not state a value, and schemas with that changed. */
public final class ColumnValues {

  /** The value of a NOT NULL column without default, as SQL text; never null. */
  public static String implicitFill(ColumnType type) {
    return ImplicitDefault.fillOf(type);
  }

  /** Whether the implicit value can be stated as the column's default. */
  public static boolean hasLiteralDefault(ColumnType type) {
    return ImplicitDefault.of(type) != null;
  }

  /**
   * The schema with the defaults of some columns held.
   *
   * @param fills per lower-case column name the value rows without it must get; {@code NULL} makes
   *     the column nullable without default, and so does a text for a number, which a column that
   *     was replaced by one of another type had; other columns stay as they are
   */
  public static TableSchema withFills(TableSchema schema, Map<String, String> fills) {
    UnaryOperator<ColumnSchema> held =
        column -> {
          String fill = fills.get(Canonical.lower(column.name()));
          if (fill == null || fill.isEmpty() || fill.equals("AUTO_INCREMENT")) {
            return column;
          }

          if (fill.equals("NULL") || !hasLiteralDefault(column.type()) || !fits(column, fill)) {
            return ColumnJoin.withDefault(column, true, null);
          }

          return ColumnJoin.withDefault(column, column.nullable(), fill);
        };
    return new TableSchema(
        schema.columns().stream().map(held).toList(),
        schema.indexes(),
        schema.options(),
        schema.partitioning());
  }

  private static boolean fits(ColumnSchema column, String fill) {
    return !Canonical.isNumber(column.type())
        || !fill.startsWith("'")
        || fill.matches("'\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*'");
  }

  /** The schema with some columns (lower-case names) as NOT NULL. */
  public static TableSchema notNull(TableSchema schema, Set<String> columns) {
    return new TableSchema(
        schema.columns().stream()
            .map(
                column ->
                    columns.contains(Canonical.lower(column.name()))
                        ? ColumnJoin.withDefault(column, false, column.defaultSql())
                        : column)
            .toList(),
        schema.indexes(),
        schema.options(),
        schema.partitioning());
  }

  /**
   * The schema as TiDB can have it: its MODIFY and ADD COLUMN refuse AUTO_INCREMENT, so only
   * columns that are AUTO_INCREMENT in the table already are so (TiDB manual, AUTO_INCREMENT,
   * restrictions).
   *
   * @param table the table as it is
   */
  public static TableSchema withoutNewAutoIncrement(TableSchema schema, TableSchema table) {
    return new TableSchema(
        schema.columns().stream()
            .map(
                column ->
                    column.autoIncrement()
                            && table
                                .column(column.name())
                                .filter(ColumnSchema::autoIncrement)
                                .isEmpty()
                        ? ColumnJoin.withAutoIncrement(column, false)
                        : column)
            .toList(),
        schema.indexes(),
        schema.options(),
        schema.partitioning());
  }

  /** The schema without some columns (lower-case names) and without the indexes that hold them. */
  public static TableSchema without(TableSchema schema, Set<String> columns) {
    return new TableSchema(
        schema.columns().stream()
            .filter(column -> !columns.contains(Canonical.lower(column.name())))
            .toList(),
        schema.indexes().stream()
            .filter(
                index ->
                    index.parts().stream()
                        .noneMatch(part -> columns.contains(Canonical.lower(part.column()))))
            .toList(),
        schema.options(),
        schema.partitioning());
  }

  private ColumnValues() {}
}
