package io.dmconnect.model.coordination;

/** What becomes of a member's values for which the merged table has no place. */
public enum RowFit {
  /** There is a place for all of them. */
  FITS,
  /**
   * An operator took the member past a change that the merged table does not follow: the columns
   * that have no place there now are passed over until they have one.
   */
  PASSED_OVER,
  /**
   * The table is out of the group, which does not keep places for it: columns that have none are
   * passed over at any time.
   */
  OUT
}
