package io.dmconnect.source.config;

import io.dmconnect.model.TableId;
import io.dmconnect.model.config.ConfigProblem;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.snapshot.SnapshotConsistency;
import io.dmconnect.source.snapshot.TableCatalog;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be right on the server, each finding on the key it is about and with what to do. */
final class Prechecks {
  private static final int SAMPLE = 3;

  private final SourceConfig config;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private Prechecks(SourceConfig config) {
    this.config = config;
  }

  /** What is wrong; empty when nothing is. */
  static List<ConfigProblem> run(SourceConfig config) {
    return new Prechecks(config).run();
  }

  private List<ConfigProblem> run() {
    try (Connection connection = new Connections(config.connection()).open()) {
      check(connection);
    } catch (SQLException e) {
      problems.add(connectionProblem(e));
    }
    return problems;
  }

  private void check(Connection connection) throws SQLException {
    Server server = Server.read(connection);
    Map<String, String> variables =
        Server.variables(
            connection,
            "log_bin",
            "binlog_format",
            "binlog_row_image",
            "binlog_row_value_options",
            "server_id");
    if (wanted(CheckName.VERSION) && !server.isMariaDb() && !server.isAtLeast(5, 7)) {
      problem(
          SourceKeys.HOSTNAME,
          CheckName.VERSION,
          "The server is MySQL " + server.version() + "; MySQL 5.7 or later is needed");
    }
    if (wanted(CheckName.BINLOG_ENABLE) && !"ON".equalsIgnoreCase(variables.get("log_bin"))) {
      problem(
          SourceKeys.HOSTNAME,
          CheckName.BINLOG_ENABLE,
          "The server writes no binlog. Start it with log_bin");
      return;
    }
    expect(variables, "binlog_format", "ROW", CheckName.BINLOG_FORMAT);
    expect(variables, "binlog_row_image", "FULL", CheckName.BINLOG_ROW_IMAGE);
    String options = variables.getOrDefault("binlog_row_value_options", "");
    if (wanted(CheckName.BINLOG_ROW_VALUE_OPTIONS) && !options.isEmpty()) {
      problem(
          SourceKeys.HOSTNAME,
          CheckName.BINLOG_ROW_VALUE_OPTIONS,
          "binlog_row_value_options is " + options + ". SET GLOBAL binlog_row_value_options = ''");
    }
    checkServerId(variables.getOrDefault("server_id", "0"));
    checkReplication(connection, server);
    checkSelect(connection);
    checkLock(connection);
  }

  private void expect(Map<String, String> variables, String name, String value, CheckName check) {
    String actual = variables.get(name);
    if (wanted(check) && actual != null && !value.equalsIgnoreCase(actual)) {
      problem(
          SourceKeys.HOSTNAME,
          check,
          name
              + " is "
              + actual
              + ". SET GLOBAL "
              + name
              + " = '"
              + value
              + "' and let clients connect anew");
    }
  }

  private void checkServerId(String serverId) {
    if (!wanted(CheckName.SERVER_ID)) {
      return;
    }
    if ("0".equals(serverId)) {
      problem(
          SourceKeys.HOSTNAME,
          CheckName.SERVER_ID,
          "server_id of the server is 0, it refuses replicas. SET GLOBAL server_id = 1");
    }
    if (serverId.equals(Long.toString(config.serverId()))) {
      problem(
          SourceKeys.SERVER_ID,
          CheckName.SERVER_ID,
          serverId + " is the server's own server_id. Choose one that no server has");
    }
  }

  private void checkReplication(Connection connection, Server server) throws SQLException {
    if (!wanted(CheckName.REPLICATION_PRIVILEGE)) {
      return;
    }
    Grants grants = Grants.read(connection);
    List<String> missing = new ArrayList<>();
    if (!grants.hasGlobal("REPLICATION SLAVE", "REPLICATION REPLICA")) {
      missing.add("REPLICATION SLAVE");
    }
    if (!grants.hasGlobal("REPLICATION CLIENT", "BINLOG MONITOR", "SUPER")) {
      missing.add("REPLICATION CLIENT");
    }
    if (!missing.isEmpty()) {
      problem(
          SourceKeys.USER,
          CheckName.REPLICATION_PRIVILEGE,
          "The account lacks "
              + String.join(", ", missing)
              + ". GRANT "
              + String.join(", ", missing)
              + " ON *.* TO "
              + grants.account());
      return;
    }
    if (server.position(connection).isEmpty()) {
      problem(SourceKeys.HOSTNAME, CheckName.BINLOG_ENABLE, "The server tells no binlog position");
    }
  }

  /** Reads nothing of the tables; the server checks the privilege before it opens them. */
  private void checkSelect(Connection connection) throws SQLException {
    if (!wanted(CheckName.DUMP_PRIVILEGE)) {
      return;
    }
    List<String> refused = new ArrayList<>();
    Grants grants = Grants.read(connection);
    Set<TableId> tables = TableCatalog.tables(connection, config.captured()).keySet();
    // The server hides tables on which the account has no privilege at all.
    if (tables.isEmpty() && !grants.canRead(config.selection())) {
      problem(
          SourceKeys.USER,
          CheckName.DUMP_PRIVILEGE,
          "The account sees no table that is selected and may not SELECT where one could be."
              + " GRANT SELECT ON <db>.* TO "
              + grants.account());
      return;
    }
    for (TableId table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table.quoted() + " LIMIT 0")) {
        rows.next();
      } catch (SQLException e) {
        refused.add(table + " (" + e.getMessage() + ")");
      }
      if (refused.size() >= SAMPLE) {
        break;
      }
    }
    if (!refused.isEmpty()) {
      problem(
          SourceKeys.USER,
          CheckName.DUMP_PRIVILEGE,
          "The account may not read "
              + String.join(", ", refused)
              + ". GRANT SELECT ON <db>.* TO "
              + grants.account());
    }
  }

  private void checkLock(Connection connection) throws SQLException {
    boolean locks = config.snapshot().consistency() == SnapshotConsistency.LOCK;
    if (!locks || !wanted(CheckName.LOCK_PRIVILEGE)) {
      return;
    }
    Grants grants = Grants.read(connection);
    if (!grants.hasGlobal("RELOAD", "FLUSH_TABLES") && !grants.hasAnywhere("LOCK TABLES")) {
      problem(
          SourceKeys.SNAPSHOT_CONSISTENCY,
          CheckName.LOCK_PRIVILEGE,
          "The account may not lock. GRANT RELOAD ON *.* TO "
              + grants.account()
              + ", or set lock_free");
    }
  }

  private boolean wanted(CheckName check) {
    return !check.isIn(config.ignoredChecks());
  }

  private void problem(String key, CheckName check, String message) {
    problems.add(new ConfigProblem(key, message + " (precheck " + check.text() + ")"));
  }

  private ConfigProblem connectionProblem(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("28")) {
      String key = config.connection().password().isEmpty() ? SourceKeys.USER : SourceKeys.PASSWORD;
      return new ConfigProblem(
          key,
          "The server refuses the account: "
              + e.getMessage()
              + ". Check database.user and database.password");
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new ConfigProblem(
            SourceKeys.HOSTNAME, "The name " + config.connection().host() + " is not known");
      }
      if (cause instanceof javax.net.ssl.SSLException) {
        return new ConfigProblem(
            SourceKeys.SSL_MODE, "TLS cannot be set up: " + cause.getMessage());
      }
    }
    return new ConfigProblem(
        SourceKeys.HOSTNAME,
        "Cannot connect to "
            + config.connection()
            + ": "
            + e.getMessage()
            + ". Check database.hostname and database.port");
  }
}
