package io.dmconnect.coordinator.api;

/**
 * What the API listens on.
 *
 * @param host the address
 * @param port the port; 0 for any free one
 * @param keyStore the file with key and certificate for TLS; null for none
 * @param keyStorePassword the file's password; null without TLS
 */
public record ApiSettings(String host, int port, String keyStore, String keyStorePassword) {

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
