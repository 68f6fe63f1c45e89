package io.dmconnect.sink.error;

import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.error.ErrorCode;

/** The errors of the sink connector. */
public enum SinkError implements ErrorCode {
  /** The target cannot be reached or closed the connection. */
  TARGET_UNREACHABLE(
      "DM-20001",
      ErrorClass.RETRIABLE,
      "Check connection.url, the network and that TiDB runs; the task went on retrying for"
          + " retry.timeout.ms and resumes from where it stopped when it is restarted"),
  /** TiDB refused the account. */
  ACCESS_DENIED(
      "DM-20002",
      ErrorClass.CONFIG,
      "Check connection.username and connection.password, and grant the account what"
          + " the message says is missing"),
  /** TiDB kept asking to try again until the time was up. */
  RETRIES_EXHAUSTED(
      "DM-20003",
      ErrorClass.RETRIABLE,
      "Look at the cause and at TiDB's log; raise retry.timeout.ms when the outage was"
          + " longer than usual, then restart the task"),
  /** Another task owns the partition now. */
  FENCED(
      "DM-20004",
      ErrorClass.INTEGRITY,
      "Nothing was lost: another task writes this partition. Restart this task; when it comes"
          + " again, look for a second connector of the same name that writes to the same target"),
  /** The stored progress is not what this task wrote. */
  PROGRESS_CHANGED(
      "DM-20005",
      ErrorClass.INTEGRITY,
      "Somebody changed the progress table by hand. Stop the connector, set the position with"
          + " PATCH /connectors/<name>/offsets, and resume it"),
  /** The topic does not hold the record that was applied last. */
  TOPIC_RECREATED(
      "DM-20006",
      ErrorClass.INTEGRITY,
      "The topic was deleted and made again, or its records were removed before they were applied."
          + " Take a new snapshot of the table, or, when the records that are there shall be applied"
          + " from the first on, set topic.recreated=apply and restart the task"),
  /** A table without key would have to be written again where it may have been written already. */
  KEYLESS_REPLAY(
      "DM-20007",
      ErrorClass.INTEGRITY,
      "The table's key was removed from the target by hand. Put the key back and restart the task,"
          + " or take a new snapshot of the table"),
  /** The target refused a row's values. */
  ROW_REFUSED(
      "DM-20010",
      ErrorClass.DATA,
      "Make the target column fit the value (or the row fit the column upstream) and restart the"
          + " task; errors.tolerance=all with errors.deadletterqueue.topic.name sends such rows"
          + " to a topic instead"),
  /** A row needs a table or column that the target does not have. */
  TARGET_SCHEMA(
      "DM-20011",
      ErrorClass.SCHEMA,
      "Compare both tables with SHOW CREATE TABLE, bring the target to the upstream's definition"
          + " (or correct the route), and restart the task"),
  /** The target refused a statement for another reason. */
  STATEMENT_REFUSED(
      "DM-20012",
      ErrorClass.SCHEMA,
      "Look at the cause: it is TiDB's own message. Correct the target and restart the task; the"
          + " same rows are written again"),
  /** A JSON document holds a number that TiDB would round. */
  JSON_NUMBER(
      "DM-20013",
      ErrorClass.DATA,
      "TiDB's JSON has 64-bit integers and doubles, no decimals. Give the target column the type"
          + " LONGTEXT, which keeps the document as it is, and restart the task; or leave the table"
          + " or its change out at the source with a filter; errors.tolerance=all with"
          + " errors.deadletterqueue.topic.name sends such rows to a topic instead"),
  /** TiDB cannot do a schema change, or it failed. */
  DDL_FAILED(
      "DM-20020",
      ErrorClass.SCHEMA,
      "Run a statement on the target that has the same effect and restart the task: a schema change"
          + " that the target already has is passed over. To leave it out, insert its id into the"
          + " ledger table with state 'skipped'"),
  /** A schema change was cancelled on the target while it ran. */
  DDL_CANCELLED(
      "DM-20021",
      ErrorClass.SCHEMA,
      "Restart the task to run the statement again, or insert its id into the ledger table with"
          + " state 'skipped' to leave it out"),
  /** CREATE TABLE found a table of the same name and other columns. */
  TABLE_DIFFERS(
      "DM-20022",
      ErrorClass.SCHEMA,
      "Drop or alter the target table so that it has the upstream's columns, or change the route,"
          + " and restart the task"),
  /**
   * A table is read again, or is gone before it was read to its end, and its former rows cannot be
   * told from other tables' rows.
   */
  SNAPSHOT_AGAIN(
      "DM-20023",
      ErrorClass.SCHEMA,
      "Delete from the target the upstream table's rows that were deleted upstream since its snapshot"
          + " first began (if in doubt, or if the table has no key: all of its rows; those that are"
          + " there are read again), set the state of the schema change in the ledger table to"
          + " 'done', and restart the task. A route with extract-source, extract-schema and"
          + " extract-table columns that hold the whole names lets the sink do it by itself"),
  /** A schema change contradicts other shards' and the task is to stop then. */
  SHARD_CONFLICT(
      "DM-20024",
      ErrorClass.SCHEMA,
      "Make the shards' definitions agree, or end the conflict with one of its exits (execute, skip,"
          + " replace, drop-member) at the coordinator, then restart the task. With"
          + " shard-mode=optimistic only the table waits instead of the task"),
  /** A record cannot be used. */
  BAD_RECORD(
      "DM-20030",
      ErrorClass.DATA,
      "Check the topic's writer and the converter; errors.tolerance=all with"
          + " errors.deadletterqueue.topic.name sends such records to a topic instead"),
  /** The bookkeeping tables cannot be created or read. */
  META_SCHEMA(
      "DM-20040",
      ErrorClass.CONFIG,
      "Grant the account CREATE, SELECT, INSERT, UPDATE and DELETE on the schema named by"
          + " meta.schema, or let a DBA run the statements of docs/bookkeeping-tables.sql"),
  /** Something happened that the task has no answer for. */
  UNEXPECTED(
      "DM-20099",
      ErrorClass.INTEGRITY,
      "Restart the task, it resumes from where it stopped. When it comes again, report it with"
          + " the log");

  private final String id;
  private final ErrorClass errorClass;
  private final String workaround;

  SinkError(String id, ErrorClass errorClass, String workaround) {
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
