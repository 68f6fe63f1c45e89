package io.dmconnect.source.jdbc;

import static java.util.Objects.requireNonNull;

import io.dmconnect.source.binlog.BinlogConnection.SslMode;
import java.time.Duration;
import java.util.Map;

/**
 * How to open SQL connections.
 *
 * @param host the server's name or address
 * @param port its port
 * @param user the account
 * @param password its password; may be empty
 * @param sslMode as {@code --ssl-mode} of MySQL's clients
 * @param sslProperties Connector/J's properties of key and trust stores; empty for the JVM's own
 * @param connectTimeout how long a connection may take
 */
public record ConnectionSettings(
    String host,
    int port,
    String user,
    String password,
    SslMode sslMode,
    Map<String, String> sslProperties,
    Duration connectTimeout) {

  /** Copies the map and checks what is never null. */
  public ConnectionSettings {
    requireNonNull(host, "host is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    sslProperties = Map.copyOf(sslProperties);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + '@' + host + ':' + port;
  }
}
