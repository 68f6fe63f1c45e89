package io.dmconnect.model.error;

/** The errors of what both connectors share: events, schemas, routing, filters. */
public enum ModelError implements ErrorCode {
  /** A column's type is none the event contract knows. */
  UNKNOWN_COLUMN_TYPE(
      "DM-00001",
      ErrorClass.SCHEMA,
      "Change the column to a type of docs/event-contract.md, or leave the table out with"
          + " ignore-tables and restart the task"),
  /** The text of a table schema cannot be read. */
  BAD_SCHEMA_TEXT(
      "DM-00002",
      ErrorClass.INTEGRITY,
      "Make sure that both connectors have the same version; a record or offset written by a newer"
          + " version is not readable by an older one"),
  /** A record is not one of the event contract. */
  NOT_AN_EVENT(
      "DM-00003",
      ErrorClass.DATA,
      "Check that the topic is written by the MySQL DM source connector, that its value converter"
          + " is the sink's, and that no transformation removes the envelope"),
  /** Several route rules of the same level match one table. */
  AMBIGUOUS_ROUTE(
      "DM-00004",
      ErrorClass.CONFIG,
      "Narrow the schema-pattern or table-pattern of the named route rules so that one of them"
          + " matches the table"),
  /** An extract rule's expression does not match the name it is applied to. */
  EXTRACT_MISMATCH(
      "DM-00005",
      ErrorClass.CONFIG,
      "Change the rule's regular expression so that it matches the name, or its patterns so that"
          + " the table is not routed by it"),
  /** The text of a shard group's coordination record cannot be read. */
  BAD_COORDINATION_RECORD(
      "DM-00006",
      ErrorClass.INTEGRITY,
      "Make sure that coordinators and connectors have the same version; a record written by a"
          + " newer version is not readable by an older one");

  private final String id;
  private final ErrorClass errorClass;
  private final String workaround;

  ModelError(String id, ErrorClass errorClass, String workaround) {
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
