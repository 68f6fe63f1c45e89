package io.dmconnect.model.join;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnSchema.Generated;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Table schemas from short text: parts separated by {@code ;}, each a column ({@code a int unsigned
 * not null default 5}, {@code g int as (id + 1) virtual}), a key ({@code primary key (id)}, {@code
 * unique u (a, b)}, {@code key k (a)}), an option ({@code comment = x}) or {@code partition by …}.
 */
public final class Tables {
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?<name>\\w+) (?<type>\\w+)(\\((?<args>[^)]*)\\))?(?<unsigned> unsigned)?"
              + "(?<zerofill> zerofill)?( charset (?<charset>\\w+))?( collate (?<collate>\\w+))?"
              + "( as \\((?<expression>.+)\\) (?<kind>virtual|stored))?"
              + "(?<notNull> not null)?( null)?(?<auto> auto_increment)?"
              + "( default (?<default>'[^']*'|\\S+))?( on update (?<update>\\S+))?"
              + "( comment '(?<comment>[^']*)')?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KEY =
      Pattern.compile(
          "(?<kind>primary key|unique|key)( (?<name>\\w+))? \\((?<parts>[^)]*)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern OPTION = Pattern.compile("(?<name>\\w+) = (?<value>.*)");

  /** The schema of a text. */
  public static TableSchema table(String text) {
    List<ColumnSchema> columns = new ArrayList<>();
    List<IndexSchema> indexes = new ArrayList<>();
    Map<String, String> options = new TreeMap<>();
    String partitioning = null;
    for (String part : text.strip().split("\\s*;\\s*")) {
      Matcher key = KEY.matcher(part);
      Matcher option = OPTION.matcher(part);
      if (part.toLowerCase(Locale.ROOT).startsWith("partition by")) {
        partitioning = part;
      } else if (key.matches()) {
        indexes.add(key(key));
      } else if (option.matches()) {
        options.put(option.group("name"), option.group("value"));
      } else {
        columns.add(column(part));
      }
    }

    return new TableSchema(columns, indexes, new TreeMap<>(options), partitioning);
  }

  private static ColumnSchema column(String text) {
    Matcher m = COLUMN.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("Not a column: " + text);
    }

    String expression = m.group("expression");
    return new ColumnSchema(
        m.group("name"),
        type(m),
        m.group("notNull") == null,
        m.group("default"),
        m.group("update"),
        expression == null
            ? Generated.NO
            : Generated.valueOf(m.group("kind").toUpperCase(Locale.ROOT)),
        expression,
        m.group("auto") != null,
        false,
        m.group("comment"));
  }

  private static ColumnType type(Matcher m) {
    String name = m.group("type").toLowerCase(Locale.ROOT);
    String args = m.group("args");
    List<String> members = List.of();
    int length = -1;
    int scale = -1;
    if (args != null && args.contains("'")) {
      members = Arrays.stream(args.split(",")).map(s -> s.strip().replace("'", "")).toList();
    } else if (args != null) {
      String[] numbers = args.split(",");
      length = Integer.parseInt(numbers[0].strip());
      scale = numbers.length > 1 ? Integer.parseInt(numbers[1].strip()) : -1;
    }

    boolean zerofill = m.group("zerofill") != null;
    return new ColumnType(
        name,
        length,
        scale,
        zerofill || m.group("unsigned") != null,
        zerofill,
        members,
        m.group("charset"),
        m.group("collate"));
  }

  private static IndexSchema key(Matcher m) {
    List<IndexSchema.Part> parts =
        Arrays.stream(m.group("parts").split(","))
            .map(part -> IndexSchema.Part.of(part.strip()))
            .toList();
    return switch (m.group("kind").toLowerCase(Locale.ROOT)) {
      case "primary key" ->
          new IndexSchema(IndexSchema.PRIMARY_NAME, IndexSchema.Kind.PRIMARY, parts, false, null);
      case "unique" ->
          new IndexSchema(m.group("name"), IndexSchema.Kind.UNIQUE, parts, false, null);
      default -> new IndexSchema(m.group("name"), IndexSchema.Kind.KEY, parts, false, null);
    };
  }

  private Tables() {}
}
