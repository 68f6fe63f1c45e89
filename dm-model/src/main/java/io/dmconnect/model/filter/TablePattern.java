package io.dmconnect.model.filter;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for qualified table names, one entry of {@code do-tables} or {@code ignore-tables}.
 *
 * @param schema the schema's pattern
 * @param table the table's pattern
 */
public record TablePattern(NamePattern schema, NamePattern table) {

  /** Checks that both parts are there. */
  public TablePattern {
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
  }

  /** Whether both parts match. */
  public boolean matches(TableId id) {
    return schema.matches(id.schema()) && table.matches(id.table());
  }

  /**
   * The pattern of {@code db.table}. A part that holds a dot stands in back quotes, a back quote
   * inside is doubled.
   *
   * @throws IllegalArgumentException when the text has not two parts or a part is no pattern
   */
  public static TablePattern of(String text, boolean caseSensitive) {
    List<String> parts = parts(text);
    if (parts.size() != 2) {
      throw new IllegalArgumentException(
          "must be db.table, not '" + text + "'; put a part that holds a dot in back quotes");
    }

    return new TablePattern(
        NamePattern.of(parts.get(0), caseSensitive), NamePattern.of(parts.get(1), caseSensitive));
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '`' && quoted && text.startsWith("``", i)) {
        part.append(c);
        i++;
      } else if (c == '`') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }

    if (quoted) {
      throw new IllegalArgumentException("has an open back quote in '" + text + "'");
    }

    parts.add(part.toString());
    return parts;
  }
}
