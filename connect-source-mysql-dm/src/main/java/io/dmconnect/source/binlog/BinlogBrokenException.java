package io.dmconnect.source.binlog;

import java.io.IOException;

/** A connection to the binlog broke while a handler used it; trying again may help. */
public final class BinlogBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what broke it. */
  public BinlogBrokenException(IOException cause) {
    super(cause);
  }
}
