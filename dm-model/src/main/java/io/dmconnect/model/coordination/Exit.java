package io.dmconnect.model.coordination;

/** A command of an operator, most of which end a waiting state. */
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
  /** Take a member for a table of another schema, until its next change tells what it is. */
  SET_SCHEMA,
  /** Take a member for what its sink states, whatever an operator stated or skipped before. */
  RESET_SCHEMA,
  /** Give up the running execution and the marks of failed ones, and decide anew. */
  RELEASE
}
