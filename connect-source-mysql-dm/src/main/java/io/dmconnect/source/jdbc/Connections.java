package io.dmconnect.source.jdbc;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens SQL connections whose results are the server's own bytes: the text protocol, no conversion
 * of character sets, times in UTC, a {@code sql_mode} under which every stored value can be
 * compared with. Safe for use by several threads.
 */
public final class Connections {
  private static final String SESSION =
      "time_zone='+00:00',sql_mode='ALLOW_INVALID_DATES',sql_quote_show_create=1,"
          + "net_write_timeout=600";

  private final ConnectionSettings settings;

  /** Opens nothing yet. */
  public Connections(ConnectionSettings settings) {
    this.settings = settings;
  }

  /**
   * A new connection, in autocommit; the caller closes it.
   *
   * @throws SQLException when the server cannot be reached or refuses; its state and vendor code
   *     tell which
   */
  public Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("sslMode", settings.sslMode().name());
    properties.setProperty("allowPublicKeyRetrieval", "true");
    properties.setProperty("connectTimeout", Long.toString(settings.connectTimeout().toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("useServerPrepStmts", "false");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionCollation", "utf8mb4_bin");
    properties.setProperty("characterSetResults", "null");
    properties.setProperty("sessionVariables", SESSION);
    properties.setProperty("connectionAttributes", "program_name:dm-connect");
    settings.sslProperties().forEach(properties::setProperty);
    String url = "jdbc:mysql://" + bracketed(settings.host()) + ':' + settings.port() + '/';
    return new Driver().connect(url, properties);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
  }

  /** Who connects where. */
  @Override
  public String toString() {
    return settings.toString();
  }
}
