package io.dmconnect.sink.target;

/** Why the target did not do what it was asked. */
public enum Refusal {
  /** It does not answer; whether it did what was asked is unknown. */
  UNREACHABLE,
  /** It did nothing and asks to try again. */
  TRY_AGAIN,
  /** The account may not do it. */
  DENIED,
  /** A value does not fit. */
  VALUE,
  /** A table, column or other thing is missing or in the way. */
  SCHEMA,
  /** Something else. */
  OTHER
}
