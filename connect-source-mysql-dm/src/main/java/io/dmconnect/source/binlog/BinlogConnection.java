package io.dmconnect.source.binlog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * How to reach the server's binlog.
 *
 * @param host the server's name or address
 * @param port its port
 * @param user the account, which needs REPLICATION SLAVE
 * @param password its password; may be empty
 * @param serverId this reader's {@code server_id}, unique among the server's replicas
 * @param sslMode as {@code --ssl-mode} of MySQL's clients
 * @param sslSocketFactory makes TLS sockets from key and trust stores; null for the JVM's own
 * @param connectTimeout how long a connection may take
 * @param heartbeat how often the server reports when it has nothing to send; a connection silent
 *     for three times as long is given up
 */
public record BinlogConnection(
    String host,
    int port,
    String user,
    String password,
    long serverId,
    SslMode sslMode,
    SSLSocketFactory sslSocketFactory,
    Duration connectTimeout,
    Duration heartbeat) {

  /** How far TLS is demanded, weakest first. */
  public enum SslMode {
    /** Never. */
    DISABLED,
    /** When the server can. */
    PREFERRED,
    /** Always. */
    REQUIRED,
    /** Always, with a certificate of a known authority. */
    VERIFY_CA,
    /** Always, with a certificate of a known authority for this host. */
    VERIFY_IDENTITY
  }

  /** Checks what is never null. */
  public BinlogConnection {
    requireNonNull(host, "host is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(sslMode, "sslMode is null");
  }

  /** The same with another {@code server_id}. */
  public BinlogConnection withServerId(long other) {
    return new BinlogConnection(
        host, port, user, password, other, sslMode, sslSocketFactory, connectTimeout, heartbeat);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + '@' + host + ':' + port;
  }
}
