package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.position.BinlogPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read views of all tables at one position: opened on several connections while a lock keeps
 * everyone from writing. The lock is {@code FLUSH TABLES WITH READ LOCK}, or {@code LOCK TABLES …
 * READ} of the captured tables where the account may not flush; it is gone before any row is read.
 */
final class LockedViews implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LockedViews.class);
  private static final String OPEN = "START TRANSACTION WITH CONSISTENT SNAPSHOT";
  private static final int LOCK_WAIT_SECONDS = 30;
  private static final int NEEDS_PRIVILEGE = 1227;
  private static final int ACCESS_DENIED = 1045;

  private final BlockingQueue<Connection> free = new LinkedBlockingQueue<>();
  private final Map<TableId, TableStart> starts = new TreeMap<>();

  private boolean closed;

  private LockedViews() {}

  /**
   * Opens views.
   *
   * @param tables the tables to read; those that are gone are left out
   * @throws DmException when the account may not lock, or others hold the tables for too long
   */
  static LockedViews open(SnapshotContext context, Collection<TableId> tables) {
    LockedViews views = new LockedViews();
    boolean complete = false;
    try (Connection locker = context.connections().open()) {
      for (int i = Math.min(context.settings().threads(), tables.size()); i > 0; i--) {
        views.free.add(context.connections().open());
      }
      lock(locker, tables);
      BinlogPosition at = views.begin(context, locker);
      Map<TableId, String> definitions = definitions(locker, tables);
      execute(locker, "UNLOCK TABLES");
      definitions.forEach(
          (table, create) ->
              views.starts.put(
                  table,
                  new TableStart(
                      table, create, context.version(table, context.parse(table, create)), at)));
      LOG.info("Views of {} tables are open at {}", views.starts.size(), at);
      complete = true;
      return views;
    } catch (SQLException e) {
      throw new DmException(
          SourceError.NO_SNAPSHOT_LOCK, "The snapshot gets no lock: " + e.getMessage(), e);
    } finally {
      if (!complete) {
        views.close();
      }
    }
  }

  private static Map<TableId, String> definitions(Connection locker, Collection<TableId> tables)
      throws SQLException {
    Map<TableId, String> definitions = new TreeMap<>();
    for (TableId table : tables) {
      String create = TableCatalog.createStatement(locker, table);
      if (create != null) {
        definitions.put(table, create);
      }
    }
    return definitions;
  }

  private BinlogPosition begin(SnapshotContext context, Connection locker) throws SQLException {
    for (Connection reader : free) {
      execute(reader, OPEN);
    }
    return context.positionUnderLock(locker);
  }

  private static void lock(Connection locker, Collection<TableId> tables) throws SQLException {
    execute(locker, "SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
    try {
      execute(locker, "FLUSH TABLES WITH READ LOCK");
    } catch (SQLException e) {
      if (e.getErrorCode() != NEEDS_PRIVILEGE && e.getErrorCode() != ACCESS_DENIED) {
        throw e;
      }
      LOG.info("The account may not flush tables, locking the captured ones: {}", e.getMessage());
      execute(
          locker,
          tables.stream()
              .map(table -> table.quoted() + " READ")
              .collect(Collectors.joining(", ", "LOCK TABLES ", "")));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The definition of a table at the views' position; null when it did not exist. */
  TableStart start(TableId table) {
    return starts.get(table);
  }

  /** A connection with an open view, to be given back. */
  Connection take() throws InterruptedException {
    return free.take();
  }

  synchronized void giveBack(Connection connection) {
    free.add(connection);
    if (closed) {
      close();
    }
  }

  /** Ends the views, those in use when they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Connection connection = free.poll(); connection != null; connection = free.poll()) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing a view's connection", e);
      }
    }
  }
}
