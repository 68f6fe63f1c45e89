package io.dmconnect.source.binlog;

import java.io.IOException;

/** The server answered with an error after which trying again would not help. */
public final class BinlogRefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int errorCode;

  BinlogRefusedException(int errorCode, String message, Throwable cause) {
    super(message, cause);
    this.errorCode = errorCode;
  }

  /** The server's error number, e.g. 1236 (ER_SOURCE_FATAL_ERROR_READING_BINLOG), 1045. */
  public int errorCode() {
    return errorCode;
  }
}
