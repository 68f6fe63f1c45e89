package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.MariaDbSnapshot;
import io.dmconnect.source.position.BinlogPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A read view of a table whose position is known: MariaDB tells it; on MySQL it is opened between
 * two equal positions, or under a short read lock when the server is too busy for that and the
 * account may lock.
 */
final class ConsistentView implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final String OPEN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

  private final Connection connection;
  private final TableStart start;

  private ConsistentView(Connection connection, TableStart start) {
    this.connection = connection;
    this.start = start;
  }

  /** A view of the table; null when it does not exist. */
  static ConsistentView open(SnapshotContext context, TableId table)
      throws SQLException, InterruptedException {
    Connection reader = context.connections().open();
    try (Connection observer = context.connections().open()) {
      boolean mariaDb = context.server().isMariaDb();
      TableStart start =
          mariaDb
              ? told(context, table, reader, observer)
              : betweenEqualPositions(context, table, reader, observer);
      if (start == null && !mariaDb && TableCatalog.createStatement(observer, table) != null) {
        start = underLock(context, table, reader, observer);
      }
      if (start != null) {
        Connection kept = reader;
        reader = null;
        return new ConsistentView(kept, start);
      }
      return null;
    } finally {
      if (reader != null) {
        reader.close();
      }
    }
  }

  /** The definition is the same before and after the view was opened. */
  private static TableStart told(
      SnapshotContext context, TableId table, Connection reader, Connection observer)
      throws SQLException {
    for (int i = 0; i < ATTEMPTS; i++) {
      String create = TableCatalog.createStatement(observer, table);
      if (create == null) {
        return null;
      }
      BinlogPosition at =
          MariaDbSnapshot.open(reader, context.server().gtids())
              .orElseThrow(() -> new SQLException("The server tells no binlog position"));
      if (create.equals(TableCatalog.createStatement(observer, table))) {
        return new TableStart(
            table, create, context.version(table, context.parse(table, create)), at);
      }
      execute(reader, "ROLLBACK");
    }
    throw new SQLException("The definition of " + table + " changes all the time");
  }

  private static TableStart betweenEqualPositions(
      SnapshotContext context, TableId table, Connection reader, Connection observer)
      throws SQLException, InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      BinlogPosition earlier = context.position(observer);
      context.pause(BETWEEN);
      String create = TableCatalog.createStatement(observer, table);
      if (create == null) {
        return null;
      }
      BinlogPosition before = context.position(observer);
      execute(reader, OPEN);
      BinlogPosition after = context.position(observer);
      if (before.equals(after)
          && create.equals(TableCatalog.createStatement(observer, table))
          && CommitCheck.isCommitted(context, observer, earlier, before)) {
        return new TableStart(
            table, create, context.version(table, context.parse(table, create)), before);
      }
      execute(reader, "ROLLBACK");
    }
    return null;
  }

  private static TableStart underLock(
      SnapshotContext context, TableId table, Connection reader, Connection locker)
      throws SQLException {
    try {
      execute(locker, "SET SESSION lock_wait_timeout = 5");
      execute(locker, "LOCK TABLES " + table.quoted() + " READ");
      String create = TableCatalog.createStatement(locker, table);
      BinlogPosition at = context.position(locker);
      execute(reader, OPEN);
      execute(locker, "UNLOCK TABLES");
      return new TableStart(
          table, create, context.version(table, context.parse(table, create)), at);
    } catch (SQLException e) {
      throw new DmException(
          SourceError.NO_CONSISTENT_VIEW,
          "No view of " + table + " at a known position can be opened: " + e.getMessage(),
          e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection connection() {
    return connection;
  }

  TableStart start() {
    return start;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
