package io.dmconnect.sink.row;

import io.dmconnect.sink.table.TargetTable;

/** How rows of one schema become rows of the target table. Immutable; safe for several threads. */
public final class RowMapper {
  private final TargetTable table;

  RowMapper(TargetTable table) {
    this.table = table;
  }

  /** The table written to. */
  public TargetTable table() {
    return table;
  }

  /**
   * Whether no key of the target can be told from the rows: they are written in strict order, and
   * none of them twice.
   */
  public boolean isKeyless() {
    return table.isKeyless();
  }

  /**
   * Whether rows with different {@link RowChange#keyHash()} may be written in any order: the target
   * has one unique key only, and no update changes it.
   */
  public boolean isSpread() {
    return false;
  }

  /** What {@link RowChange#keyHash()} depends on; equal texts give equal hashes for equal keys. */
  public String hashSignature() {
    return "";
  }
}
