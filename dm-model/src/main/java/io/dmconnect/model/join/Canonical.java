package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One form for definitions that MySQL treats alike: names without case, synonyms resolved, display
 * widths that mean nothing left out. Two schemas mean the same table when their canonical forms are
 * equal; the order of columns and indexes does not count.
 */
final class Canonical {
  private static final Set<String> INTS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final Set<String> ONE_BY_DEFAULT = Set.of("char", "binary", "bit");
  private static final Set<String> ZERO_BY_DEFAULT = Set.of("datetime", "timestamp", "time");
  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double");
  private static final Set<String> SYNONYMS_OF_DECIMAL = Set.of("numeric", "dec", "fixed");

  static TableSchema schema(TableSchema schema) {
    SortedMap<String, String> options = options(schema.options());
    return new TableSchema(
        schema.columns().stream()
            .map(Canonical::column)
            .sorted(Comparator.comparing(ColumnSchema::name))
            .toList(),
        schema.indexes().stream()
            .map(Canonical::index)
            .sorted(Comparator.comparing(IndexSchema::name))
            .toList(),
        options,
        schema.partitioning() == null ? null : PartitionKey.of(schema.partitioning()));
  }

  static ColumnSchema column(ColumnSchema column) {
    boolean generated = column.generated() != Generated.NO;
    return new ColumnSchema(
        lower(column.name()),
        type(column.type()),
        column.nullable(),
        generated ? null : defaultSql(column),
        function(column.onUpdateSql()),
        column.generated(),
        spaces(column.generatedSql()),
        column.autoIncrement(),
        column.invisible(),
        blankToNull(column.comment()));
  }

  static ColumnType type(ColumnType type) {
    String lower = lower(type.name());
    String name = SYNONYMS_OF_DECIMAL.contains(lower) ? "decimal" : lower;
    int length = type.length();
    int scale = type.scale();
    if (INTS.contains(name)) {
      boolean bool = name.equals("tinyint") && length == 1;
      length = type.zerofill() || bool ? length : -1;
    } else if (name.equals("decimal")) {
      length = length == -1 ? 10 : length;
      scale = scale == -1 ? 0 : scale;
    } else if (ONE_BY_DEFAULT.contains(name)) {
      length = length == -1 ? 1 : length;
    } else if (ZERO_BY_DEFAULT.contains(name)) {
      length = length == -1 ? 0 : length;
    } else if (name.equals("year")) {
      length = -1;
    }

    Charsets.Text text = Charsets.Text.of(type.charset(), type.collation());
    boolean unsigned = type.unsigned() || type.zerofill();
    return new ColumnType(
        name,
        length,
        scale,
        unsigned,
        type.zerofill(),
        type.members(),
        text.charset(),
        text.collation());
  }

  /** The default's text; null for none and for a stated NULL. */
  static String defaultSql(ColumnSchema column) {
    String stated = column.defaultSql();
    if (stated == null || stated.equalsIgnoreCase("NULL")) {
      return null;
    }

    boolean quoted = stated.length() > 1 && stated.startsWith("'") && stated.endsWith("'");
    if (quoted && isNumber(column.type())) {
      return stated.substring(1, stated.length() - 1);
    }

    return quoted ? stated : function(stated);
  }

  static boolean isNumber(ColumnType type) {
    return NUMBERS.contains(type(type).name());
  }

  static IndexSchema index(IndexSchema index) {
    return new IndexSchema(
        lower(index.name()),
        index.kind(),
        parts(index),
        index.invisible(),
        blankToNull(index.comment()));
  }

  static List<IndexSchema.Part> parts(IndexSchema index) {
    return index.parts().stream()
        .map(
            part ->
                new IndexSchema.Part(
                    lower(part.column()),
                    spaces(part.expression()),
                    part.length(),
                    part.descending()))
        .toList();
  }

  static SortedMap<String, String> options(Map<String, String> options) {
    SortedMap<String, String> result =
        options.entrySet().stream()
            .filter(option -> option.getValue() != null && !option.getValue().isEmpty())
            .collect(
                Collectors.toMap(
                    option -> lower(option.getKey()),
                    Map.Entry::getValue,
                    (first, second) -> first,
                    TreeMap::new));
    Charsets.Text text = Charsets.Text.of(result.get("charset"), result.get("collate"));
    result.computeIfPresent("charset", (key, value) -> text.charset());
    result.computeIfPresent("collate", (key, value) -> text.collation());
    return result;
  }

  /** A name in lower case; null for null. */
  static String lower(String name) {
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  /** Text with each run of white space as one blank; null for null. */
  static String spaces(String text) {
    return text == null ? null : text.strip().replaceAll("\\s+", " ");
  }

  /** Synonyms of CURRENT_TIMESTAMP as that; other text as it is. */
  private static String function(String text) {
    if (text == null) {
      return null;
    }

    String upper = text.strip().toUpperCase(Locale.ROOT).replace(" ", "");
    int open = upper.indexOf('(');
    String name = open < 0 ? upper : upper.substring(0, open);
    boolean now = Set.of("NOW", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP").contains(name);
    if (!now) {
      return spaces(text);
    }

    String digits = open < 0 ? "" : upper.substring(open + 1, upper.length() - 1);
    return digits.isEmpty() || digits.equals("0")
        ? "CURRENT_TIMESTAMP"
        : "CURRENT_TIMESTAMP(" + digits + ")";
  }

  private static String blankToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private Canonical() {}
}
