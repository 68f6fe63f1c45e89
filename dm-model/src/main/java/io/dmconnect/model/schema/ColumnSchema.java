package io.dmconnect.model.schema;

import static java.util.Objects.requireNonNull;

/**
 * One column of a table.
 *
 * @param name the name as written
 * @param type the data type
 * @param nullable whether NULL is allowed (always false for primary key columns)
 * @param defaultSql the default as SQL text ({@code 'x'}, {@code 5}, {@code CURRENT_TIMESTAMP(3)},
 *     {@code (uuid())}); null when the column has none (a nullable column without a stated default
 *     has none here, whatever MySQL makes of it)
 * @param onUpdateSql the text after {@code ON UPDATE}; null when not stated
 * @param generated how the value is generated
 * @param generatedSql the expression of a generated column without its outer parentheses; null
 *     otherwise
 * @param autoIncrement whether {@code AUTO_INCREMENT} was stated
 * @param invisible whether the column is left out of {@code SELECT *}
 * @param comment the comment; null when not stated
 */
public record ColumnSchema(
    String name,
    ColumnType type,
    boolean nullable,
    String defaultSql,
    String onUpdateSql,
    Generated generated,
    String generatedSql,
    boolean autoIncrement,
    boolean invisible,
    String comment) {

  /** How a column's value comes to be. */
  public enum Generated {
    /** Written by clients. */
    NO,
    /** Computed when read. */
    VIRTUAL,
    /** Computed when written. */
    STORED
  }

  /** Checks the parts that are never null. */
  public ColumnSchema {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(generated, "generated is null");
  }

  /** A plain column without default, comment or other attributes. */
  public static ColumnSchema of(String name, ColumnType type, boolean nullable) {
    return new ColumnSchema(
        name, type, nullable, null, null, Generated.NO, null, false, false, null);
  }

  /** The same column with values of another type. */
  public ColumnSchema withType(ColumnType newType) {
    return new ColumnSchema(
        name,
        newType,
        nullable,
        defaultSql,
        onUpdateSql,
        generated,
        generatedSql,
        autoIncrement,
        invisible,
        comment);
  }

  /** Whether clients write this column's value. */
  public boolean isWritten() {
    return generated == Generated.NO;
  }
}
