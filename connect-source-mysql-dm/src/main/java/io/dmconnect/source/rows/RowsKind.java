package io.dmconnect.source.rows;

/** What the rows of an event had done to them. */
public enum RowsKind {
  /** Rows were inserted: one image each, after. */
  INSERT,
  /** Rows were updated: two images each, before and after. */
  UPDATE,
  /** Rows were deleted: one image each, before. */
  DELETE
}
