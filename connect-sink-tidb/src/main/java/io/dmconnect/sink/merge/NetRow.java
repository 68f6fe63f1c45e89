package io.dmconnect.sink.merge;

import io.dmconnect.sink.row.ChangeKind;
import io.dmconnect.sink.row.RowChange;

/**
 * What a batch does to the row of one key. Mutable while the batch is collected, then read by the
 * planner.
 */
public final class NetRow {

  /** What is known about the row at the batch's start. */
  private enum Start {
    ABSENT,
    PRESENT,
    UNKNOWN
  }

  /** What has to be written. */
  public enum Action {
    /** Nothing: the row came and went inside the batch. */
    NOTHING,
    /** The row that is there has to go. */
    DELETE,
    /** The row is new. */
    INSERT,
    /** The row is there and gets new values; no unique key changes. */
    UPSERT,
    /** The row that is there has to go before any new one comes, and comes back with new values. */
    DELETE_INSERT,
    /** The row may be there or not. */
    REPLACE,
    /** The row is a snapshot's: it may be there, but hardly ever is. */
    LOAD
  }

  private final Start start;
  private RowChange first;
  private RowChange last;
  private boolean present;
  private boolean deletedInside;
  private boolean mustDelete;

  private NetRow(Start start) {
    this.start = start;
  }

  /** A row that a change writes as the batch's first. */
  static NetRow beforeWrite(RowChange change) {
    if (change.safeMode()) {
      return new NetRow(Start.UNKNOWN);
    }

    boolean updated = change.kind() == ChangeKind.UPDATE && !change.changesKey();
    return new NetRow(updated ? Start.PRESENT : Start.ABSENT);
  }

  /** A row that a change deletes, or takes the key from, as the batch's first. */
  static NetRow beforeDelete(RowChange change) {
    return new NetRow(change.safeMode() ? Start.UNKNOWN : Start.PRESENT);
  }

  /** The change leaves the row with values. */
  void write(RowChange change) {
    remember(change);
    present = true;
  }

  /** The change leaves no row of this key. */
  void delete(RowChange change) {
    remember(change);
    present = false;
    deletedInside = true;
    mustDelete |= change.safeMode();
  }

  private void remember(RowChange change) {
    if (first == null) {
      first = change;
    }

    last = change;
  }

  boolean isPresent() {
    return present;
  }

  /** The change whose row after is the row at the batch's end; there is one unless it is gone. */
  public RowChange written() {
    return last;
  }

  /** A change whose old key is the row's; there is one when {@link #action()} asks for a delete. */
  public RowChange deleted() {
    return present ? first : last;
  }

  /** What has to be written. */
  public Action action() {
    if (!present) {
      return start == Start.ABSENT && !mustDelete ? Action.NOTHING : Action.DELETE;
    }

    return switch (start) {
      case ABSENT -> Action.INSERT;
      case UNKNOWN -> isOnlyRead() ? Action.LOAD : Action.REPLACE;
      case PRESENT -> present(last.mapper().hasSecondaryUnique());
    };
  }

  private boolean isOnlyRead() {
    return first == last && last.kind() == ChangeKind.READ;
  }

  private Action present(boolean secondaryUnique) {
    // Target columns that the record lacks keep their value in an update, and start from their
    // default in a row that was deleted and inserted again.
    if (deletedInside) {
      return secondaryUnique ? Action.DELETE_INSERT : Action.REPLACE;
    }

    boolean moves = secondaryUnique && first.uniqueDiffersAfter(last);
    // An upsert falls back to a weaker check when the session is lenient.
    return moves || (secondaryUnique && last.isLenient()) ? Action.DELETE_INSERT : Action.UPSERT;
  }
}
