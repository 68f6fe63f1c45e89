package io.dmconnect.model.coordination;

/** A command with which an operator ends a waiting state. */
public enum Exit {
  /** Run the member's change on the merged table now; after a failure: try again. */
  EXECUTE,
  /** Let the member go past its change without running anything. */
  SKIP,
  /** Run other statements in place of the member's. */
  REPLACE,
  /** Take the member out of the group. */
  DROP_MEMBER,
  /** Take a table into the group with the schema it has. */
  ADD_MEMBER,
  /** Give up the running execution and the marks of failed ones, and decide anew. */
  RELEASE
}
