package io.dmconnect.local.server;

/** A server that cannot be had or did not come up, with what to do about it where that is known. */
public final class ServerException extends RuntimeException {
  /** With the reason as it is to be shown. */
  public ServerException(String message) {
    super(message);
  }

  /** With the reason as it is to be shown, and its cause. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
