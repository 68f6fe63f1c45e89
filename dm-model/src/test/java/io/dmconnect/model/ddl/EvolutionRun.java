package io.dmconnect.model.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Applies a case's statements one by one and compares the schemas with what a server shows. */
final class EvolutionRun {
  private final EvolutionCases.Case test;
  private final SchemaDefaults defaults;
  private final Map<TableId, TableSchema> tables = new LinkedHashMap<>();

  EvolutionRun(EvolutionCases.Case test, String version) {
    this.test = test;
    this.defaults = test.defaults(version);
  }

  /** Gives the table that the statement leaves behind. */
  TableId apply(String sql) {
    TableId table = null;
    for (DdlSplitter.Piece piece : DdlSplitter.split(sql, test.modes(), "d")) {
      DdlStatement statement = DdlParser.parse(piece.sql(), test.modes(), "d");
      table = piece.scanned().table();
      if (piece.scanned().kind() == DdlKind.RENAME_TABLE) {
        TableId renamed = piece.scanned().tables().get(1);
        tables.put(renamed, tables.remove(table));
        table = renamed;
      } else if (piece.scanned().template() != null) {
        tables.put(table, SchemaEvolution.createLike(tables.get(piece.scanned().template())));
      } else {
        tables.put(table, SchemaEvolution.apply(tables.get(table), statement, defaults));
      }
    }
    return table;
  }

  /** Compares a table with the server's {@code SHOW CREATE TABLE}. */
  void compare(TableId table, String shown, String step) {
    TableSchema expected =
        SchemaEvolution.apply(null, DdlParser.parse(shown, SqlModes.DEFAULT, "d"), defaults);
    List<String> ours = describe(tables.get(table)).lines().toList();
    List<String> theirs = describe(expected).lines().toList();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      String our = i < ours.size() ? ours.get(i) : "nothing";
      String their = i < theirs.size() ? theirs.get(i) : "nothing";
      if (!our.equals(their)) {
        differences.add("model:  " + our);
        differences.add("server: " + their);
      }
    }
    assertThat(String.join("\n", differences))
        .as("after %s%nserver shows %s", step, shown)
        .isEmpty();
  }

  private static String describe(TableSchema schema) {
    StringBuilder text = new StringBuilder();
    for (ColumnSchema column : schema.columns()) {
      text.append(
              new ColumnSchema(
                  column.name(),
                  column.type(),
                  column.nullable(),
                  isExpression(column.defaultSql())
                      ? canonical(column.defaultSql())
                      : column.defaultSql(),
                  column.onUpdateSql(),
                  column.generated(),
                  canonical(column.generatedSql()),
                  column.autoIncrement(),
                  column.invisible(),
                  column.comment()))
          .append('\n');
    }
    for (IndexSchema index : schema.indexes()) {
      List<IndexSchema.Part> parts =
          index.parts().stream()
              .map(
                  part ->
                      new IndexSchema.Part(
                          part.column(),
                          canonical(part.expression()),
                          part.length(),
                          part.descending()))
              .toList();
      text.append(
              new IndexSchema(
                  index.name(), index.kind(), parts, index.invisible(), index.comment()))
          .append('\n');
    }
    return text.append(schema.options()).append('\n').append(partitions(schema)).toString();
  }

  private static boolean isExpression(String defaultSql) {
    return defaultSql != null && defaultSql.startsWith("(");
  }

  /** The server writes expressions its own way; what is left here must agree. */
  private static String canonical(String expression) {
    return expression == null
        ? null
        : expression
            .toLowerCase(Locale.ROOT)
            .replaceAll("_utf8mb4(\\\\)?'", "'")
            .replaceAll("[`\"() \\\\]", "")
            .replace("%", "mod")
            .replace("j->", "json_extractj,");
  }

  private static String partitions(TableSchema schema) {
    if (schema.partitioning() == null) {
      return "-";
    }
    return schema
        .partitioning()
        .toLowerCase(Locale.ROOT)
        .replaceAll("engine = \\w+|`|\\s|/\\*.*?\\*/|\\*/|/\\*!\\d*", "")
        .replace("lessthan(maxvalue)", "lessthanmaxvalue")
        .replaceAll("rangecolumns|listcolumns", "columns")
        .replaceAll("comment='", "comment'");
  }
}
