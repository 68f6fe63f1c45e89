package io.dmconnect.source.error;

import io.dmconnect.model.error.ErrorClass;
import io.dmconnect.model.error.ErrorCode;

/** The source's part of the error registry, ids 1xxxx. */
public enum SourceError implements ErrorCode {
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
