package io.dmconnect.source.snapshot;

/** At which positions tables are read. */
public enum SnapshotConsistency {
  /** Each table between two positions of its own, without a lock. */
  LOCK_FREE,
  /** All tables at one position, which a lock is held for the moment of. */
  LOCK
}
