package io.dmconnect.source.config;

/** What the snapshot of a table reads. */
public enum SnapshotMode {
  /** Its definition and its rows. */
  INITIAL,
  /**
   * Its definition only: changes count from the connector's first start; those of a table selected
   * later, from when its definition is read.
   */
  NO_DATA
}
