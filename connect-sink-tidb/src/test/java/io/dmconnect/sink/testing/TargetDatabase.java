package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.sql.PlannedStatement;
import io.dmconnect.sink.sql.TargetSession;
import io.dmconnect.sink.table.TargetTable;
import io.dmconnect.sink.table.TargetTableLoader;
import io.dmconnect.sink.target.RowLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A database of its own on the TiDB that the system property {@code dm.tidb.url} names ({@code
 * jdbc:mysql://host:port/}, account root without password), dropped on close.
 */
public final class TargetDatabase implements AutoCloseable {
  /** The property that enables tests against TiDB. */
  public static final String URL = "dm.tidb.url";

  private final String name;
  private final Connection connection;

  /** Makes the database. */
  public TargetDatabase(String name) throws SQLException {
    this.name = name;
    Properties properties = new Properties();
    properties.putAll(Map.of("user", "root", "allowLoadLocalInfileInPath", ""));
    this.connection = DriverManager.getConnection(System.getProperty(URL), properties);
    run("DROP DATABASE IF EXISTS " + name);
    run("CREATE DATABASE " + name);
    run("USE " + name);
    run("SET NAMES utf8mb4");
    run(TargetSession.SETTINGS);
  }

  /** The connection. */
  public Connection connection() {
    return connection;
  }

  /** The name of a table in it. */
  public TableId table(String table) {
    return new TableId(name, table);
  }

  /** A table's metadata. */
  public TargetTable load(String table) throws SQLException {
    return TargetTableLoader.load(connection, table(table)).orElseThrow();
  }

  /** Runs a statement. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Runs statements in one transaction, lenient ones in a lenient session. */
  public void runAll(List<PlannedStatement> statements) throws SQLException {
    run("BEGIN");
    for (PlannedStatement statement : statements) {
      if (statement.lenient()) {
        run(TargetSession.ENTER_LENIENT);
      }

      try {
        if (statement.loads()) {
          load(statement);
        } else {
          run(statement.sql());
        }
      } catch (SQLException e) {
        throw new SQLException(statement.sql(), e);
      } finally {
        if (statement.lenient()) {
          run(TargetSession.LEAVE_LENIENT);
        }
      }
    }

    run("COMMIT");
  }

  private void load(PlannedStatement planned) throws SQLException {
    boolean replaces = planned.kind() == PlannedStatement.Kind.REPLACE;
    try (Statement statement = connection.createStatement()) {
      new RowLoader(RowLoader.version(connection))
          .load(statement, planned.sql(), planned.data().open(), planned.rows(), replaces);
    } catch (RowLoader.NotLoadedException e) {
      // With REPLACE fewer rows than given are affected when some are there with the same values.
      if (!replaces || e.getCause() != null) {
        throw e;
      }
    }
  }

  /** Runs a statement with parameters on one row; false when it would break a key. */
  public boolean tryRun(String sql, List<Object> parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }

      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("No row: " + sql + " " + parameters);
      }

      return true;
    } catch (SQLIntegrityConstraintViolationException e) {
      return false;
    }
  }

  /** A query's rows as text, sorted. */
  public List<List<String>> rows(String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }

        rows.add(Collections.unmodifiableList(row));
      }
    }

    rows.sort(Comparator.comparing(Object::toString));
    return rows;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      run("DROP DATABASE " + name);
    }
  }
}
