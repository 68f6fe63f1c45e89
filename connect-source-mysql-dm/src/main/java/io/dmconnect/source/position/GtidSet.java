package io.dmconnect.source.position;

import java.util.Optional;

/**
 * A set of GTIDs, immutable. Its text form is the server's own: MySQL's {@code
 * uuid:1-5:7,uuid:1-3}, or MariaDB's {@code domain-server-number}, one a domain.
 */
public abstract sealed class GtidSet permits MySqlGtidSet, MariaDbGtidSet {
  private String text;

  GtidSet() {}

  /** No GTIDs at all, of either kind. */
  public static GtidSet empty() {
    return MySqlGtidSet.NONE;
  }

  /**
   * Reads the text form; spaces and line breaks between sources are allowed, as {@code SHOW MASTER
   * STATUS} prints them.
   *
   * @throws IllegalArgumentException when the text is no GTID set
   */
  public static GtidSet parse(String text) {
    return MariaDbGtidSet.isText(text) ? MariaDbGtidSet.read(text) : MySqlGtidSet.read(text);
  }

  /** The set with one more GTID. */
  public abstract GtidSet plus(String source, long number);

  /**
   * The set without one of its GTIDs; empty when there is no such set (MariaDB) or it is not in it.
   */
  public abstract Optional<GtidSet> without(String source, long number);

  /** Whether the GTID is in the set. */
  public abstract boolean contains(String source, long number);

  /** Whether there is no GTID in the set. */
  public abstract boolean isEmpty();

  /** Whether every GTID of the other set is in this one. */
  public abstract boolean containsAll(GtidSet other);

  /** What {@link #toString} keeps. */
  abstract String text();

  @Override
  public final boolean equals(Object other) {
    return other instanceof GtidSet set && toString().equals(set.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  /** The server's text form; empty for the empty set. */
  @Override
  public final String toString() {
    if (text == null) {
      text = text();
    }
    return text;
  }
}
