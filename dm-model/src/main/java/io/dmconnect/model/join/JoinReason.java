package io.dmconnect.model.join;

import java.util.Locale;

/**
 * Why some schemas have no join: one part of the table on which two of them contradict each other.
 *
 * @param part what kind of thing it is
 * @param name the column's or index's name; {@code PARTITION BY} for the partitioning
 * @param what the attribute they differ in: {@code type}, {@code default}, …
 * @param first one member's definition as SQL
 * @param second another member's definition as SQL
 */
public record JoinReason(Part part, String name, String what, String first, String second) {

  /** What kind of thing two members define differently. */
  public enum Part {
    /** A column. */
    COLUMN,
    /** An index or key. */
    INDEX,
    /** The partitioning. */
    PARTITIONING
  }

  /** One sentence for people, with both definitions. */
  @Override
  public String toString() {
    String kind = part.name().toLowerCase(Locale.ROOT);
    String subject = part == Part.PARTITIONING ? kind : kind + " " + name;
    return subject + " differs in its " + what + ": " + first + " <> " + second;
  }
}
