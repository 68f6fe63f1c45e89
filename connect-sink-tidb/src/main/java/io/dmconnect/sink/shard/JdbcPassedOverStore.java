package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.sink.ddl.Owners;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** The columns that are passed over, in TiDB. */
public final class JdbcPassedOverStore implements PassedOverStore {
  /** In place of a column's name; no column has an empty one. */
  private static final String EVERYTHING = "";

  private static final String WHERE =
      " WHERE connector = ? AND source = ? AND db = ? AND `table` = ?";

  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;
  private final Owners owners;

  /** Those of the members that the connector speaks for. */
  public JdbcPassedOverStore(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
    this.owners = new Owners(tables, connector);
  }

  @Override
  public Map<MemberId, Columns> load() {
    return retry.run(
        "read which columns are passed over",
        () -> {
          try (Connection connection = pool.connection()) {
            Map<MemberId, Columns> columns = load(connection);
            connection.rollback();
            return columns;
          }
        });
  }

  private Map<MemberId, Columns> load(Connection connection) throws SQLException {
    Map<MemberId, SortedSet<String>> names = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT source, db, `table`, column_name FROM "
                + tables.passedOver()
                + " WHERE connector = ?")) {
      query.setString(1, connector);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          MemberId member = MemberId.of(row.getString(1), row.getString(2), row.getString(3));
          names.computeIfAbsent(member, any -> new TreeSet<>()).add(row.getString(4));
        }
      }
    }

    Map<MemberId, Columns> columns = new HashMap<>();
    names.forEach(
        (member, all) -> {
          boolean everything = all.remove(EVERYTHING);
          columns.put(member, new Columns(everything, all));
        });
    return columns;
  }

  @Override
  public void save(TopicPartition partition, long epoch, MemberId member, Columns columns) {
    retry.inTransaction(
        pool,
        "keep which columns of " + member + " are passed over",
        connection -> {
          owners.hold(connection, partition, epoch);
          try (PreparedStatement delete =
              prepare(connection, "DELETE FROM " + tables.passedOver() + WHERE, member)) {
            delete.executeUpdate();
          }

          SortedSet<String> names = new TreeSet<>(columns.columns());
          if (columns.everything()) {
            names.add(EVERYTHING);
          }

          try (PreparedStatement insert =
              prepare(
                  connection,
                  "INSERT INTO "
                      + tables.passedOver()
                      + " (connector, source, db, `table`, column_name) VALUES (?, ?, ?, ?, ?)",
                  member)) {
            for (String name : names) {
              insert.setString(5, name);
              insert.addBatch();
            }

            insert.executeBatch();
          }

          return null;
        });
  }

  private PreparedStatement prepare(Connection connection, String sql, MemberId member)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, connector);
    statement.setString(2, member.source());
    statement.setString(3, member.table().schema());
    statement.setString(4, member.table().table());
    return statement;
  }
}
