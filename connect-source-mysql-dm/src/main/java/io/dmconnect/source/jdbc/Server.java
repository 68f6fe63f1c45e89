package io.dmconnect.source.jdbc;

import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about the server that do not change while it runs, and its binlog's position.
 *
 * @param version the version text
 * @param uuid {@code server_uuid}; on MariaDB a text made of the server id
 * @param serverId {@code server_id}
 * @param gtids whether GTIDs tell what is before what: every transaction has one ({@code
 *     gtid_mode=ON}); on MariaDB their numbers ascend ({@code gtid_strict_mode=ON})
 * @param lowerCaseTableNames {@code lower_case_table_names}
 * @param collation {@code collation_server}
 */
public record Server(
    String version,
    String uuid,
    long serverId,
    boolean gtids,
    int lowerCaseTableNames,
    String collation) {

  private static final int NEW_STATUS_MAJOR = 8;
  private static final int NEW_STATUS_MINOR = 4;

  /** Asks the server. */
  public static Server read(Connection connection) throws SQLException {
    Map<String, String> variables =
        variables(
            connection,
            "version",
            "server_uuid",
            "server_id",
            "gtid_mode",
            "gtid_strict_mode",
            "lower_case_table_names",
            "collation_server");
    String serverId = variables.getOrDefault("server_id", "0");
    return new Server(
        variables.getOrDefault("version", ""),
        variables.getOrDefault("server_uuid", "mariadb-" + serverId),
        Long.parseLong(serverId),
        "ON".equalsIgnoreCase(variables.get("gtid_mode"))
            || "ON".equalsIgnoreCase(variables.get("gtid_strict_mode")),
        Integer.parseInt(variables.getOrDefault("lower_case_table_names", "0")),
        variables.getOrDefault("collation_server", ""));
  }

  /** Global variables by lower-case name; those the server does not know are absent. */
  public static Map<String, String> variables(Connection connection, String... names)
      throws SQLException {
    StringBuilder sql = new StringBuilder("SHOW GLOBAL VARIABLES WHERE Variable_name IN (");
    for (int i = 0; i < names.length; i++) {
      sql.append(i == 0 ? "'" : ",'").append(names[i]).append('\'');
    }
    Map<String, String> values = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql.append(')').toString())) {
      while (rows.next()) {
        values.put(text(rows, 1).toLowerCase(Locale.ROOT), text(rows, 2));
      }
    }
    return values;
  }

  /** Whether the server is MariaDB. */
  public boolean isMariaDb() {
    return version.toLowerCase(Locale.ROOT).contains("mariadb");
  }

  /**
   * Where the binlog ends now; empty when there is no binlog. MySQL: the file and offset may be
   * ahead of what other sessions see by the transactions that are being committed; the GTID set
   * holds only committed ones. MariaDB: exactly what other sessions see.
   *
   * @param connection outside a transaction and without locks
   */
  public Optional<BinlogPosition> position(Connection connection) throws SQLException {
    return isMariaDb() ? MariaDbSnapshot.position(connection, gtids) : status(connection);
  }

  /**
   * Where the binlog ends for the server, whether others see it already or not. Leaves locks and
   * transactions alone.
   */
  public Optional<BinlogPosition> status(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(statusStatement())) {
      if (!rows.next()) {
        return Optional.empty();
      }
      String file = text(rows, 1);
      long offset = rows.getLong(2);
      if (!gtids) {
        return Optional.of(new BinlogPosition(file, offset, null));
      }
      GtidSet set =
          isMariaDb()
              ? MariaDbSnapshot.gtids(connection, file, offset)
              : GtidSet.parse(text(rows, 5));
      return Optional.of(new BinlogPosition(file, offset, set));
    }
  }

  /** {@code SHOW MASTER STATUS} was renamed in MySQL 8.2 and removed in 8.4. */
  private String statusStatement() {
    boolean renamed = !isMariaDb() && isAtLeast(NEW_STATUS_MAJOR, NEW_STATUS_MINOR);
    return renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
  }

  /** Whether the version is that or later. */
  public boolean isAtLeast(int major, int minor) {
    String[] parts = version.split("[.-]", -1);
    int actualMajor = parts.length > 0 ? number(parts[0]) : 0;
    int actualMinor = parts.length > 1 ? number(parts[1]) : 0;
    return actualMajor > major || (actualMajor == major && actualMinor >= minor);
  }

  private static int number(String digits) {
    return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty()
        ? Integer.parseInt(digits)
        : 0;
  }

  /** A column's text; connections do not convert results, and these are utf8 or ASCII. */
  public static String text(ResultSet rows, int column) throws SQLException {
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
