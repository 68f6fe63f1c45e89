package io.dmconnect.sink.merge;

import io.dmconnect.sink.row.RowChange;

/**
 * The net effect of a batch of changes, of any tables. Changes of one key become one; those of
 * keyless tables stay as they are, in order. Reusable after {@link #clear()}. Not thread-safe.
 */
public final class NetEffect {

  /**
   * Adds a change that happened after all those added before.
   *
   * @return false when the batch has to be written first: the change contradicts the net effect so
   *     far (a second INSERT of one key), so the target shall judge it. It was not added then; an
   *     empty batch takes every change
   */
  public boolean tryAdd(RowChange change) {
    return false;
  }

  /** The number of changes added since the last {@link #clear()}. */
  public int changes() {
    return 0;
  }

  /** Forgets all changes. */
  public void clear() {}
}
