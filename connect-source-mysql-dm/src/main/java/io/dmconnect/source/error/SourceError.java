package io.dmconnect.source.error;

import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.error.ErrorCode;

/** The source's part of the error registry, ids 1xxxx. */
public enum SourceError implements ErrorCode {
  /** The server cannot be reached. */
  UNREACHABLE(
      "DM-10101",
      ErrorClass.RETRIABLE,
      "Check database.hostname and database.port, that the server runs, and that a firewall lets"
          + " the Connect workers through"),
  /** The server refuses the account. */
  ACCESS_DENIED(
      "DM-10102",
      ErrorClass.CONFIG,
      "Check database.user and database.password. The account needs: GRANT SELECT, REPLICATION"
          + " SLAVE, REPLICATION CLIENT ON *.* TO <user>"),
  /** The server writes no binlog. */
  NO_BINLOG(
      "DM-10103",
      ErrorClass.CONFIG,
      "Start the server with log_bin, or point database.hostname at a server that has a binlog"),
  /** The binlog no longer holds what comes next. */
  BINLOG_GONE(
      "DM-10104",
      ErrorClass.INTEGRITY,
      "The server has purged the binlog that comes next, or never had it. Delete the connector's"
          + " offsets (DELETE /connectors/<name>/offsets) to take a new snapshot, and keep binlogs"
          + " longer (binlog_expire_logs_seconds)"),
  /** The server refuses to send the binlog. */
  BINLOG_REFUSED(
      "DM-10105",
      ErrorClass.CONFIG,
      "Check that the account has REPLICATION SLAVE and that database.server.id is not used by"
          + " another replica"),
  /** An offset cannot be used. */
  BAD_OFFSET(
      "DM-10106",
      ErrorClass.CONFIG,
      "Alter the connector's offsets again in the form of docs/architecture.md, or delete them to"
          + " take a new snapshot"),
  /** Two tables would share a topic. */
  TOPIC_COLLISION(
      "DM-10107",
      ErrorClass.CONFIG,
      "Leave one of the tables out with the block-allow list, or give it to a second connector with"
          + " another topic.prefix"),
  /** Transactions are required and the worker writes none. */
  NO_TRANSACTIONS(
      "DM-10108",
      ErrorClass.CONFIG,
      "Run the connector on distributed workers with exactly.once.source.support=enabled, or set"
          + " exactly.once.support to requested, which lets a restart repeat records"),
  /** A table cannot be read by the snapshot. */
  SNAPSHOT_FAILED(
      "DM-10201",
      ErrorClass.RETRIABLE,
      "Look at the cause and restart the task: the snapshot goes on after the last chunk that was"
          + " written"),
  /** A consistent view of a table without usable key cannot be had. */
  NO_CONSISTENT_VIEW(
      "DM-10202",
      ErrorClass.INTEGRITY,
      "The table has no usable primary key and the server is too busy to read it at a known"
          + " position. Give it a primary key, or GRANT LOCK TABLES ON <db>.* TO <user>, and"
          + " restart the task"),
  /** The lock of {@code snapshot.consistency=lock} cannot be had. */
  NO_SNAPSHOT_LOCK(
      "DM-10204",
      ErrorClass.RETRIABLE,
      "GRANT RELOAD ON *.* TO <user> (or LOCK TABLES on the captured schemas), end long"
          + " transactions and statements that hold the tables, and restart the task; or set"
          + " snapshot.consistency=lock_free"),
  /** A rows event carries only some of a row's columns. */
  ROW_IMAGE_NOT_FULL(
      "DM-10301",
      ErrorClass.INTEGRITY,
      "Set binlog_row_image=FULL on the server for all sessions, then take a new snapshot of the"
          + " table, because the missing columns of past changes cannot be recovered"),
  /** A rows event holds JSON differences instead of values. */
  PARTIAL_JSON(
      "DM-10302",
      ErrorClass.INTEGRITY,
      "Set binlog_row_value_options='' on the server for all sessions, then take a new snapshot of"
          + " the table, because the full values of past changes are not in the binlog"),
  /** The table map event does not fit the schema the connector holds for its position. */
  TABLE_MAP_MISMATCH(
      "DM-10303",
      ErrorClass.INTEGRITY,
      "The table was changed by a statement the connector did not see (sql_log_bin=0, or a DDL"
          + " skipped by an operator). Set the table's schema to the one valid at this position, or"
          + " take a new snapshot of the table"),
  /** A binlog event or a cell of it cannot be decoded. */
  MALFORMED_EVENT(
      "DM-10304",
      ErrorClass.INTEGRITY,
      "Check the binlog file with mysqlbinlog --verify-binlog-checksum. If it is intact, report the"
          + " event; if it is damaged, take a new snapshot from a healthy replica"),
  /** A column's type has no place in the event contract. */
  UNSUPPORTED_TYPE(
      "DM-10305",
      ErrorClass.DATA,
      "Change the column to a supported type, or leave the table out with the block-allow list"),
  /** A statement changed rows of a captured table as text. */
  STATEMENT_FORMAT(
      "DM-10401",
      ErrorClass.INTEGRITY,
      "Set binlog_format=ROW on the server for all sessions. Apply the statement to the target by"
          + " hand and move the connector's offset past it, or take a new snapshot of the table"),
  /** The server lost events. */
  INCIDENT(
      "DM-10402",
      ErrorClass.INTEGRITY,
      "The server wrote an INCIDENT event: its binlog lacks changes. Take a new snapshot: delete"
          + " the connector's offsets (DELETE /connectors/<name>/offsets)"),
  /** An event type that is not known and may not be passed over. */
  UNKNOWN_EVENT(
      "DM-10403",
      ErrorClass.INTEGRITY,
      "The server is newer than this connector knows. Upgrade the connector"),
  /** A table is captured but its schema at this position is not known. */
  SCHEMA_UNKNOWN(
      "DM-10404",
      ErrorClass.SCHEMA,
      "The table came under its name in a way that was not seen. Restart the task: tables without"
          + " offsets are snapshotted at start. Or leave the table out with the block-allow list"),
  /** A schema change of a captured table cannot be understood. */
  DDL_NOT_UNDERSTOOD(
      "DM-10405",
      ErrorClass.SCHEMA,
      "Pass the statement over with a binlog event filter (filters=<alias>,"
          + " filters.<alias>.sql-pattern=<regex>, filters.<alias>.action=Ignore) and make the"
          + " change on the target by hand"),
  /** The changes of a prepared XA transaction are not known when it is committed. */
  XA_TRANSACTION(
      "DM-10406",
      ErrorClass.INTEGRITY,
      "Find what the transaction changed with mysqlbinlog. If nothing of captured tables, move the"
          + " connector's offset past its XA COMMIT; else take a new snapshot of these tables: set"
          + " both of their offsets to null, too (PATCH /connectors/<name>/offsets). End prepared"
          + " transactions (XA RECOVER) before a connector starts for the first time"),
  /** A transaction that was rolled back in part is in the binlog. */
  ROLLBACK_IN_BINLOG(
      "DM-10407",
      ErrorClass.INTEGRITY,
      "A transaction changed tables of engines with and without transactions and was rolled back."
          + " Compare the tables of that transaction, then move the connector's offset past it"),
  /** The binlog breaks off inside a transaction. */
  TRANSACTION_CUT(
      "DM-10408",
      ErrorClass.INTEGRITY,
      "The server's binlog ends inside a transaction. Check it with mysqlbinlog, then take a new"
          + " snapshot: delete the connector's offsets"),
  /** A binlog event filter with the action Error matches. */
  REFUSED_BY_FILTER(
      "DM-10409",
      ErrorClass.DATA,
      "Look at the event. To pass it over, change the rule's action to Ignore; to let it through,"
          + " remove the rule"),
  /** A defect of the connector. */
  INTERNAL(
      "DM-10499",
      ErrorClass.INTEGRITY,
      "Restart the task; if it fails again at the same place, report it with the stack trace"),
  /** A cell of a snapshot's result set is not of the form its type has. */
  MALFORMED_CELL(
      "DM-10306",
      ErrorClass.DATA,
      "Look at the row with the mysql client. If the value is as it should be, report it with the"
          + " column's type");

  private final String id;
  private final ErrorClass errorClass;
  private final String workaround;

  SourceError(String id, ErrorClass errorClass, String workaround) {
    this.id = id;
    this.errorClass = errorClass;
    this.workaround = workaround;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ErrorClass errorClass() {
    return errorClass;
  }

  @Override
  public String workaround() {
    return workaround;
  }
}
