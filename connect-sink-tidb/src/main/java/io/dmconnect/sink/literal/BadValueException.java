package io.dmconnect.sink.literal;

import io.dmconnect.sink.error.SinkError;

/** A value that cannot be written exactly; the message says why, in the middle of a sentence. */
public final class BadValueException extends RuntimeException {
  private final SinkError code;

  /** The reason, for a row that is refused. */
  public BadValueException(String message) {
    this(SinkError.ROW_REFUSED, message);
  }

  /** The reason, with an error whose workaround fits it better. */
  public BadValueException(SinkError code, String message) {
    super(message);
    this.code = code;
  }

  /** The error it is; of class DATA. */
  public SinkError code() {
    return code;
  }
}
