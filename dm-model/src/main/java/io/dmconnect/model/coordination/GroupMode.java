package io.dmconnect.model.coordination;

/** How a shard group changes its merged table. */
public enum GroupMode {
  /** Every member waits at the same DDL, then it runs once. */
  PESSIMISTIC,
  /** The merged table is kept at the join of its members' schemas. */
  OPTIMISTIC,
  /** As {@link #OPTIMISTIC}, but a member that would have to wait for others stops its task. */
  OPTIMISTIC_STRICT
}
