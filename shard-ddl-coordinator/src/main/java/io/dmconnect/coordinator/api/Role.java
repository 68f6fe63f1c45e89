package io.dmconnect.coordinator.api;

/** What somebody may do through the API. */
public enum Role {
  /** Nothing. */
  NONE,
  /** See everything. */
  READER,
  /** See everything and carry out actions. */
  OPERATOR
}
