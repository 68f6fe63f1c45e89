package io.dmconnect.model.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One index or key of a table.
 *
 * @param name the name; {@code PRIMARY} for the primary key
 * @param kind what it is
 * @param parts its columns or expressions in order
 * @param invisible whether the optimizer ignores it
 * @param comment the comment; null when not stated
 */
public record IndexSchema(
    String name, Kind kind, List<Part> parts, boolean invisible, String comment) {

  /** The name of every primary key. */
  public static final String PRIMARY_NAME = "PRIMARY";

  /** What an index is. */
  public enum Kind {
    /** The primary key. */
    PRIMARY,
    /** A unique key. */
    UNIQUE,
    /** An ordinary index. */
    KEY,
    /** A full-text index. */
    FULLTEXT,
    /** A spatial index. */
    SPATIAL
  }

  /**
   * One part of an index.
   *
   * @param column the column's name; null for a functional part
   * @param expression the expression's text without its outer parentheses; null for a column
   * @param length the prefix length in characters or bytes; -1 for the whole column
   * @param descending whether the part is ordered descending
   */
  public record Part(String column, String expression, int length, boolean descending) {

    /** A whole column, ascending. */
    public static Part of(String column) {
      return new Part(column, null, -1, false);
    }
  }

  /** Copies the parts and checks what is never null. */
  public IndexSchema {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    parts = List.copyOf(parts);
  }

  /** Whether no two rows can have the same values in its parts. */
  public boolean isUnique() {
    return kind == Kind.PRIMARY || kind == Kind.UNIQUE;
  }
}
