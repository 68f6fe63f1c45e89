package io.dmconnect.sink.row;

/** What happened to a row. */
public enum ChangeKind {
  /** The snapshot read it. */
  READ,
  /** It was inserted. */
  INSERT,
  /** It was updated. */
  UPDATE,
  /** It was deleted. */
  DELETE
}
