package io.dmconnect.model.error;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * An error with a code of the registry. The message names what went wrong and where; the code adds
 * what to do about it.
 */
public class DmException extends ConnectException {
  private final transient ErrorCode code;
  private final String problem;

  /** An error without a cause. */
  public DmException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /** An error with the exception that led to it (may be null). */
  public DmException(ErrorCode code, String message, Throwable cause) {
    super(format(code, message), cause);
    this.code = code;
    this.problem = message;
  }

  /** The code; never null. */
  public ErrorCode code() {
    return code;
  }

  /** What went wrong and where, without the code and what to do; for naming it again elsewhere. */
  public String problem() {
    return problem;
  }

  private static String format(ErrorCode code, String message) {
    requireNonNull(code, "code is null");
    return "[" + code.id() + "] " + message + ". What to do: " + code.workaround();
  }
}
