package io.dmconnect.model.filter;

/** What a binlog event filter does with an event. */
public enum FilterAction {
  /** Events that match go on; others are left out. */
  DO,
  /** Events that match are left out. */
  IGNORE,
  /** Events that match stop the task. */
  ERROR
}
