package io.dmconnect.model.ddl;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;

/**
 * A column as a statement states it, before defaults of table and server are filled in. Keys stated
 * with the column are separate {@link IndexDefinition}s.
 *
 * @param name the name as written
 * @param type the type with synonyms resolved; charset and collation null when not stated; the
 *     length of {@code TEXT(n)} and {@code BLOB(n)} as stated
 * @param binaryCollation whether the attribute {@code BINARY} asks for the charset's binary
 *     collation
 * @param nullability what was stated
 * @param defaultSql the default: a literal ({@code NULL} included), {@code CURRENT_TIMESTAMP(n)},
 *     or an expression in parentheses; null when not stated
 * @param onUpdateSql {@code CURRENT_TIMESTAMP(n)}; null when not stated
 * @param generated how the value is generated
 * @param generatedSql the expression without its outer parentheses; null when not generated
 * @param autoIncrement whether {@code AUTO_INCREMENT} was stated, by {@code SERIAL} too
 * @param invisible whether {@code INVISIBLE} was stated
 * @param comment the comment; null when not stated
 */
public record ColumnDefinition(
    String name,
    ColumnType type,
    boolean binaryCollation,
    Nullability nullability,
    String defaultSql,
    String onUpdateSql,
    ColumnSchema.Generated generated,
    String generatedSql,
    boolean autoIncrement,
    boolean invisible,
    String comment) {

  /** What a statement says about NULL. */
  public enum Nullability {
    /** Nothing. */
    UNSTATED,
    /** {@code NULL}. */
    NULLABLE,
    /** {@code NOT NULL}. */
    NOT_NULL
  }

  /** Checks the parts that are never null. */
  public ColumnDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(nullability, "nullability is null");
    requireNonNull(generated, "generated is null");
  }
}
