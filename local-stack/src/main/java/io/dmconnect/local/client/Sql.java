package io.dmconnect.local.client;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * One connection to a server that speaks MySQL's protocol, for tests and tools. Not thread-safe.
 *
 * <p>Values are returned as the text the server sent, unconverted, so that two servers' answers can
 * be compared; {@code NULL} is null and binary values (BINARY, BLOB, BIT, geometry) are {@code 0x}
 * and hexadecimal digits.
 */
public final class Sql implements AutoCloseable {
  /** {@code ER_LOCK_DEADLOCK}; the transaction was rolled back. */
  private static final int DEADLOCK = 1213;

  private static final int MAX_ATTEMPTS = 100;

  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects in UTF-8, without TLS.
   *
   * @param database the current database, or empty for none
   * @throws SqlException when the server refuses or does not answer
   */
  public static Sql connect(String host, int port, String user, String password, String database) {
    try {
      MysqlDataSource source = dataSource(host, port, user, password, database);
      return new Sql(source.getConnection());
    } catch (SQLException e) {
      throw new SqlException("Cannot connect to " + host + ":" + port, e);
    }
  }

  /** The driver's data source for the same settings, for pools and own statements. */
  public static MysqlDataSource dataSource(
      String host, int port, String user, String password, String database) throws SQLException {
    MysqlDataSource source = new MysqlDataSource();
    source.setServerName(host);
    source.setPort(port);
    source.setUser(user);
    source.setPassword(password);
    source.setDatabaseName(database);
    source.setSslMode("DISABLED");
    source.setAllowPublicKeyRetrieval(true);
    source.setConnectTimeout(5_000);
    source.setCharacterEncoding("UTF-8");
    source.setRewriteBatchedStatements(true);
    source.setYearIsDateType(false);
    source.setTinyInt1isBit(false);
    return source;
  }

  /** The JDBC connection beneath. */
  public Connection connection() {
    return connection;
  }

  /** Runs statements one after the other; a failure names the statement. */
  public Sql run(String... statements) {
    for (String text : statements) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(text);
      } catch (SQLException e) {
        throw failed(text, e);
      }
    }
    return this;
  }

  /**
   * Runs statements as one transaction, from the first again when the server ended it to break a
   * deadlock.
   */
  public Sql transaction(String... statements) {
    for (int attempt = 1; ; attempt++) {
      try {
        return run("BEGIN").run(statements).run("COMMIT");
      } catch (SqlException e) {
        if (e.errorCode() != DEADLOCK || attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Runs one statement and returns the number of rows it changed. */
  public int update(String text) {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(text);
    } catch (SQLException e) {
      throw failed(text, e);
    }
  }

  /** The rows of a query, each a list of values that may be null. */
  public List<List<String>> rows(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      ResultSetMetaData columns = result.getMetaData();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>(columns.getColumnCount());
        for (int column = 1; column <= columns.getColumnCount(); column++) {
          row.add(text(result.getBytes(column), columns.getColumnType(column)));
        }
        rows.add(Collections.unmodifiableList(row));
      }
      return rows;
    } catch (SQLException e) {
      throw failed(query, e);
    }
  }

  /** The first column of a query's rows. */
  public List<String> column(String query) {
    List<String> column = new ArrayList<>();
    rows(query).forEach(row -> column.add(row.get(0)));
    return column;
  }

  /**
   * The first value of a query's first row.
   *
   * @throws SqlException when there is no row
   */
  public String value(String query) {
    List<List<String>> rows = rows(query);
    if (rows.isEmpty()) {
      throw new SqlException("No row: " + query, null);
    }
    return rows.get(0).get(0);
  }

  /** {@link #value} as a number. */
  public long number(String query) {
    return Long.parseLong(value(query));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new SqlException("Cannot close the connection", e);
    }
  }

  private static String text(byte[] bytes, int type) {
    if (bytes == null) {
      return null;
    }
    return switch (type) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB, Types.BIT ->
          "0x" + HexFormat.of().formatHex(bytes);
      default -> new String(bytes, StandardCharsets.UTF_8);
    };
  }

  private static SqlException failed(String text, SQLException e) {
    String start = text.length() > 500 ? text.substring(0, 500) + "..." : text;
    return new SqlException(e.getMessage() + " (error " + e.getErrorCode() + "): " + start, e);
  }

  /**
   * A statement or connection that failed; the cause is the driver's exception when there is one.
   */
  public static final class SqlException extends RuntimeException {
    SqlException(String message, SQLException cause) {
      super(message, cause);
    }

    /** MySQL's error number, or 0 when the server did not send one. */
    public int errorCode() {
      return getCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
    }
  }
}
