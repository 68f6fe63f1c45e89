package io.dmconnect.model.ddl;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.IndexSchema;
import java.util.List;

/**
 * An index as a statement states it.
 *
 * @param name the name, that of the constraint where only that was stated; null when the server is
 *     to make one
 * @param kind what it is
 * @param parts its columns or expressions in order
 * @param invisible whether {@code INVISIBLE} (MariaDB: {@code IGNORED}) was stated
 * @param comment the comment; null when not stated
 * @param purpose what asks for the index
 */
public record IndexDefinition(
    String name,
    IndexSchema.Kind kind,
    List<IndexSchema.Part> parts,
    boolean invisible,
    String comment,
    Purpose purpose) {

  /** What asks for an index. */
  public enum Purpose {
    /** The statement does. */
    INDEX,
    /** A foreign key; the server makes the index unless another one serves. */
    FOREIGN_KEY,
    /** {@code REFERENCES} behind a column, which some servers ignore. */
    INLINE_FOREIGN_KEY
  }

  /** Copies the parts and checks what is never null. */
  public IndexDefinition {
    requireNonNull(kind, "kind is null");
    requireNonNull(purpose, "purpose is null");
    parts = List.copyOf(parts);
  }

  /** A nameless key of one whole column, as stated by a column's attribute. */
  static IndexDefinition ofColumn(IndexSchema.Kind kind, String column, Purpose purpose) {
    return new IndexDefinition(
        null, kind, List.of(IndexSchema.Part.of(column)), false, null, purpose);
  }

  /**
   * Whether the statement states a foreign key only: the server makes the index unless another one
   * serves.
   */
  public boolean forForeignKey() {
    return purpose != Purpose.INDEX;
  }
}
