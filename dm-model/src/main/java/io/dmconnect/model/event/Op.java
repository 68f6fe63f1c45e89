package io.dmconnect.model.event;

/** What a record tells: the field {@code op} of the envelope. */
public enum Op {
  /** A row read by the snapshot. */
  READ("r"),
  /** A row inserted. */
  CREATE("c"),
  /** A row updated; its key did not change. */
  UPDATE("u"),
  /** A row deleted. */
  DELETE("d"),
  /** A schema change. */
  DDL("ddl");

  private final String code;

  Op(String code) {
    this.code = code;
  }

  /** The text in the record. */
  public String code() {
    return code;
  }

  /** The operation of a record's text; null when it is none of the contract's. */
  public static Op of(String code) {
    if (code == null) {
      return null;
    }

    return switch (code) {
      case "r" -> READ;
      case "c" -> CREATE;
      case "u" -> UPDATE;
      case "d" -> DELETE;
      case "ddl" -> DDL;
      default -> null;
    };
  }
}
