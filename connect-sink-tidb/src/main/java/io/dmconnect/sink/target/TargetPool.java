package io.dmconnect.sink.target;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dmconnect.sink.sql.TargetSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The connections to the target. Every connection has autocommit off, the session settings that the
 * written literals rely on, and optimistic transactions. Thread-safe.
 */
public final class TargetPool implements AutoCloseable {
  private static final long KEEPALIVE_MILLIS = TimeUnit.MINUTES.toMillis(2);
  private static final String SESSION =
      TargetSession.SETTINGS + ", tidb_txn_mode = 'optimistic', autocommit = 0";

  private final HikariDataSource dataSource;

  /** A pool; connections are opened when they are asked for. */
  public TargetPool(TargetSettings settings, String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(dataSource(settings));
    config.setAutoCommit(false);
    config.setConnectionInitSql(SESSION);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(Math.max(settings.connectMillis(), 250));
    config.setInitializationFailTimeout(-1);
    config.setKeepaliveTime(KEEPALIVE_MILLIS);
    this.dataSource = new HikariDataSource(config);
  }

  /**
   * One plain data source as the pool uses it.
   *
   * @throws IllegalArgumentException when the URL is not one of Connector/J's
   */
  public static MysqlDataSource dataSource(TargetSettings settings) {
    if (!settings.url().toLowerCase(Locale.ROOT).startsWith("jdbc:mysql://")) {
      throw new IllegalArgumentException("Not a jdbc:mysql:// URL: " + settings.url());
    }

    try {
      MysqlDataSource source = new MysqlDataSource();
      source.setUrl(withDefaults(settings));
      source.setUser(settings.username());
      source.setPassword(settings.password());
      return source;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("Not a usable URL: " + e.getMessage(), e);
    }
  }

  /** The first of two options of one name counts, so the user's come first. */
  private static String withDefaults(TargetSettings settings) {
    StringBuilder url = new StringBuilder(settings.url());
    String separator = settings.url().contains("?") ? "&" : "?";
    String given = settings.url().toLowerCase(Locale.ROOT);
    String[][] defaults = {
      {"useServerPrepStmts", "false"},
      {"allowMultiQueries", "true"},
      {"useLocalSessionState", "true"},
      {"characterEncoding", "UTF-8"},
      {"connectionTimeZone", "+00:00"},
      {"forceConnectionTimeZoneToSession", "false"},
      {"maintainTimeStats", "false"},
      {"tcpKeepAlive", "true"},
      {"connectTimeout", Long.toString(settings.connectMillis())},
    };
    for (String[] option : defaults) {
      if (!given.contains(option[0].toLowerCase(Locale.ROOT) + "=")) {
        append(url, separator, option[0], option[1]);
        separator = "&";
      }
    }

    if (settings.loads()) {
      // Announces that LOAD DATA LOCAL is known; with an empty path no file is ever sent.
      append(url, separator, "allowLoadLocalInfileInPath", "");
      separator = "&";
    }

    for (var option : settings.driverProperties().entrySet()) {
      append(url, separator, option.getKey(), option.getValue());
      separator = "&";
    }

    return url.toString();
  }

  private static void append(StringBuilder url, String separator, String option, String value) {
    url.append(separator)
        .append(option)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** A connection; closing it gives it back. */
  public Connection connection() throws SQLException {
    return dataSource.getConnection();
  }

  /** Closes a connection for good instead of giving it back. */
  public void evict(Connection connection) {
    dataSource.evictConnection(connection);
  }

  /**
   * Rolls back and closes a connection for good: its session may be left with other settings than
   * it had.
   */
  public void abandon(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The server rolls back what it never hears of again.
    } finally {
      evict(connection);
    }
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
