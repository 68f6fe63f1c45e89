package io.dmconnect.sink.literal;

/** A value that cannot be written exactly; the message says why, in the middle of a sentence. */
public final class BadValueException extends RuntimeException {

  /** The reason. */
  public BadValueException(String message) {
    super(message);
  }
}
