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
          + " newer version is not readable by an older one"),
  /** The coordination tree in ZooKeeper has a layout this version does not know. */
  COORDINATION_LAYOUT(
      "DM-00007",
      ErrorClass.CONFIG,
      "Make sure that coordinators and connectors have the same version, or use another chroot in"
          + " coordinator.zookeeper.connect for this one"),
  /** Another task has taken over a member of a shard group. */
  MEMBER_TAKEN_OVER(
      "DM-00008",
      ErrorClass.RETRIABLE,
      "Nothing, if the topic's partition has moved to another task; else look for a second sink"
          + " connector with the same coordinator.task and topics, and stop one of them"),
  /** A record does not fit into a node. */
  COORDINATION_RECORD_TOO_LARGE(
      "DM-00009",
      ErrorClass.DATA,
      "Raise jute.maxbuffer on the ZooKeeper servers, the coordinators and the Connect workers"),
  /** ZooKeeper refuses an operation. */
  COORDINATION_REFUSED(
      "DM-00010",
      ErrorClass.CONFIG,
      "Check coordinator.zookeeper.digest or the SASL login and the access control list of the"
          + " named node: sources, sinks and coordinators need read and write access to the tree"),
  /** ZooKeeper fails in a way that trying again does not help. */
  COORDINATION_FAILED(
      "DM-00011",
      ErrorClass.INTEGRITY,
      "Look at the cause and at the ZooKeeper servers' logs, then restart the task");

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
