package io.dmconnect.model.ddl;

/** What a statement of the binary log is, before one looks at what it changes. */
public enum StatementClass {
  /** Changes the schema; {@link DdlKind} tells how. */
  DDL,
  /** {@code BEGIN} and {@code START TRANSACTION}. */
  BEGIN,
  /** {@code COMMIT}. */
  COMMIT,
  /** {@code ROLLBACK} of the whole transaction. */
  ROLLBACK,
  /** {@code SAVEPOINT}, {@code ROLLBACK TO SAVEPOINT}, {@code RELEASE SAVEPOINT}. */
  SAVEPOINT,
  /**
   * {@code XA START}, {@code XA END}, {@code XA PREPARE}, {@code XA COMMIT}, {@code XA ROLLBACK}.
   */
  XA,
  /**
   * Changes rows as text: {@code INSERT}, {@code REPLACE}, {@code UPDATE}, {@code DELETE}, {@code
   * LOAD}, and {@code SELECT} (logged for a function that writes). A server with {@code
   * binlog_format=ROW} writes none of these for InnoDB tables.
   */
  DML,
  /** None of the above: views, routines, triggers, users, maintenance. */
  OTHER
}
