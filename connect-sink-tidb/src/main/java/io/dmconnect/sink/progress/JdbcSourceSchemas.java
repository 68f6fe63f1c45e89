package io.dmconnect.sink.progress;

import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.common.TopicPartition;

/** The upstream tables' definitions in TiDB. Safe for several threads. */
public final class JdbcSourceSchemas {
  private final TargetPool pool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;

  /** The definitions that connector works with. */
  public JdbcSourceSchemas(TargetPool pool, Retry retry, MetaTables tables, String connector) {
    this.pool = pool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
  }

  /** The definition as of the last schema change that was carried out; null when unknown. */
  public TableSchema load(String topic, int partition) {
    return load(new TopicPartition(topic, partition)).schema();
  }

  /** What is known of a partition's table. */
  public KnownTable load(TopicPartition partition) {
    return retry.run(
        "read the upstream definition of " + partition.topic(),
        () -> {
          try (Connection connection = pool.connection()) {
            KnownTable known = load(connection, partition);
            connection.rollback();
            return known;
          }
        });
  }

  /** What is known of a partition's table; part of the caller's transaction. */
  public KnownTable load(Connection connection, TopicPartition partition) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_schema, record_offset FROM "
                + tables.sourceSchemas()
                + " WHERE connector = ? AND topic = ? AND `partition` = ?")) {
      query.setString(1, connector);
      query.setString(2, partition.topic());
      query.setInt(3, partition.partition());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? KnownTable.unpack(TableSchemaJson.read(row.getString(1)), row.getLong(2))
            : KnownTable.NOTHING;
      }
    }
  }

  /** Keeps what is known; part of the caller's transaction. */
  public void save(Connection connection, TopicPartition partition, KnownTable known)
      throws SQLException {
    try (PreparedStatement replace =
        connection.prepareStatement(
            "REPLACE INTO "
                + tables.sourceSchemas()
                + " (connector, topic, `partition`, record_offset, table_schema)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      replace.setString(1, connector);
      replace.setString(2, partition.topic());
      replace.setInt(3, partition.partition());
      replace.setLong(4, known.packed());
      replace.setString(5, TableSchemaJson.write(known.schema()));
      replace.executeUpdate();
    }
  }
}
