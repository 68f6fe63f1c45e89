package io.dmconnect.sink.ddl;

import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Which partitions have reached a schema change that goes to several; they may belong to several
 * tasks. Safe for several threads.
 */
final class Arrivals {
  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;

  Arrivals(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
  }

  /** A partition has reached the change: all its earlier rows are durable. */
  void add(String ddlId, String participant) {
    retry.inTransaction(
        pool,
        "announce a partition at a schema change",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT IGNORE INTO "
                      + tables.arrivals()
                      + " (connector, ddl_id, participant) VALUES (?, ?, ?)")) {
            insert.setString(1, connector);
            insert.setString(2, LedgerKey.of(ddlId));
            insert.setString(3, participant);
            return insert.executeUpdate();
          }
        });
  }

  /** The partitions that have reached it. */
  Set<String> of(String ddlId) {
    return retry.inTransaction(
        pool,
        "read which partitions reached a schema change",
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT participant FROM "
                      + tables.arrivals()
                      + " WHERE connector = ? AND ddl_id = ?")) {
            query.setString(1, connector);
            query.setString(2, LedgerKey.of(ddlId));
            Set<String> arrived = new HashSet<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                arrived.add(row.getString(1));
              }
            }

            return arrived;
          }
        });
  }

  /** Forgets them: the change is done. */
  void clear(String ddlId) {
    retry.inTransaction(
        pool,
        "clear the arrivals at a schema change",
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM " + tables.arrivals() + " WHERE connector = ? AND ddl_id = ?")) {
            delete.setString(1, connector);
            delete.setString(2, LedgerKey.of(ddlId));
            return delete.executeUpdate();
          }
        });
  }
}
