package io.dmconnect.sink.literal;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.table.TargetColumn;

/**
 * Writes the condition that a column of a stored row holds exactly a value, for rows that are found
 * by all of their values. NULL equals NULL. Text is compared under the column's collation, so that
 * an index is of use, and byte by byte in utf8mb4 on top, so that rows that differ only in case or
 * accents are told apart. A float equals the double it was written as; JSON compares as JSON, hence
 * by value and not by its text.
 */
public final class CellMatcher {
  private final CellWriter writer;
  private final TargetColumn target;
  private final String name;

  /** A matcher for values that the writer writes. */
  public CellMatcher(CellWriter writer, TargetColumn target) {
    this.writer = writer;
    this.target = target;
    this.name = TableId.quote(target.name());
  }

  /** Writes the condition for a value of the record; the value may be null. */
  public void match(Object value, SqlBuffer out) {
    out.raw(name).raw("<=>");
    if (value == null) {
      out.nul();
    } else if (target.type().equals("json")) {
      out.raw("CAST(");
      writer.write(value, out);
      out.raw(" AS JSON)");
    } else if (writer == CellWriters.TEXT && isText()) {
      String text = (String) value;
      out.quoted(text).raw(" AND BINARY CONVERT(").raw(name).raw(" USING utf8mb4)<=>");
      out.quoted(target.type().equals("char") ? withoutPadding(text) : text);
    } else {
      writer.write(value, out);
    }
  }

  /** Writes the condition for a cell that is given as a complete literal. */
  public void matchLiteral(String literal, SqlBuffer out) {
    out.raw(name).raw("<=>").raw(literal);
  }

  private boolean isText() {
    return switch (target.type()) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> true;
      default -> false;
    };
  }

  // CHAR columns lose trailing spaces when they are read.
  private static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }

    return text.substring(0, end);
  }
}
