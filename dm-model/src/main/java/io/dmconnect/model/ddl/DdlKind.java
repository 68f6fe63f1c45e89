package io.dmconnect.model.ddl;

/** What a statement does, as far as replication must tell statements apart. */
public enum DdlKind {
  /** {@code CREATE TABLE} with its definition, {@code LIKE} or {@code SELECT} included. */
  CREATE_TABLE,
  /** {@code ALTER TABLE} without a new name. */
  ALTER_TABLE,
  /** {@code CREATE INDEX}. */
  CREATE_INDEX,
  /** {@code DROP INDEX}. */
  DROP_INDEX,
  /** {@code DROP TABLE}. */
  DROP_TABLE,
  /** {@code TRUNCATE TABLE}. */
  TRUNCATE_TABLE,
  /** {@code RENAME TABLE} and {@code ALTER TABLE … RENAME TO}. */
  RENAME_TABLE,
  /** No statement: the source does not capture the table any more. */
  DESELECT_TABLE,
  /** {@code CREATE DATABASE}. */
  CREATE_DATABASE,
  /** {@code ALTER DATABASE}. */
  ALTER_DATABASE,
  /** {@code DROP DATABASE}. */
  DROP_DATABASE,
  /** Changes no table: views, routines, triggers, events, users, maintenance, transactions. */
  OTHER
}
