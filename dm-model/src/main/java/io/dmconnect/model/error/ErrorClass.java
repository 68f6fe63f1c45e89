package io.dmconnect.model.error;

/** What kind of reaction an error calls for. */
public enum ErrorClass {
  /** Wrong configuration: the task cannot start until it is changed. */
  CONFIG,
  /** The other side does not answer or asks to try again: retried with back-off. */
  RETRIABLE,
  /** One row or statement cannot be carried over: the operator decides. */
  DATA,
  /** The schemas of both ends do not fit each other: the operator decides. */
  SCHEMA,
  /** Going on would lose or repeat data: never passed over. */
  INTEGRITY
}
