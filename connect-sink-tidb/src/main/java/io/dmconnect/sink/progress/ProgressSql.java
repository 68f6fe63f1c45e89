package io.dmconnect.sink.progress;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.common.TopicPartition;

/** The statements on the progress table that are part of other transactions. Immutable. */
public final class ProgressSql {
  private final String table;
  private final String connector;

  /** The progress of that connector. */
  public ProgressSql(MetaTables tables, String connector) {
    this.table = tables.progress();
    this.connector = connector;
  }

  /**
   * Moves one slot; affects no row unless the slot is where and whose it should be.
   *
   * @param from the offset it must be at
   * @param layout null when unknown
   */
  public String move(
      TopicPartition partition,
      int slot,
      long epoch,
      long from,
      long to,
      RecordMark mark,
      String layout) {
    StringBuilder sql = new StringBuilder(400);
    sql.append("UPDATE ").append(table).append(" SET record_offset = ").append(to);
    sql.append(", layout = ");
    appendText(sql, layout);
    sql.append(", fingerprint = ");
    appendText(sql, mark.fingerprint());
    sql.append(", source_position = ");
    appendText(sql, mark.sourcePosition());
    sql.append(" WHERE connector = ");
    appendText(sql, connector);
    sql.append(" AND topic = ");
    appendText(sql, partition.topic());
    sql.append(" AND `partition` = ").append(partition.partition());
    sql.append(" AND slot = ").append(slot);
    sql.append(" AND epoch = ").append(epoch);
    return sql.append(" AND record_offset = ").append(from).toString();
  }

  /** Moves all slots of a partition; affects no row when another owner took over. */
  public String moveAll(TopicPartition partition, long epoch, long to, RecordMark mark) {
    StringBuilder sql = new StringBuilder(400);
    sql.append("UPDATE ").append(table).append(" SET record_offset = ").append(to);
    sql.append(", fingerprint = ");
    appendText(sql, mark.fingerprint());
    sql.append(", source_position = ");
    appendText(sql, mark.sourcePosition());
    sql.append(" WHERE connector = ");
    appendText(sql, connector);
    sql.append(" AND topic = ");
    appendText(sql, partition.topic());
    sql.append(" AND `partition` = ").append(partition.partition());
    return sql.append(" AND epoch = ").append(epoch).toString();
  }

  /** Who owns a slot and where it is. */
  public record Standing(long epoch, long offset) {}

  /** What the table says of a slot; null when it has no row. */
  public Standing standing(Connection connection, TopicPartition partition, int slot)
      throws SQLException {
    return standing(connection, partition, slot, "");
  }

  /**
   * What the table says of a slot now, and until the transaction, a pessimistic one, ends: who
   * takes the partition over waits for that. Null when it has no row.
   */
  public Standing hold(Connection connection, TopicPartition partition, int slot)
      throws SQLException {
    return standing(connection, partition, slot, " FOR UPDATE");
  }

  /**
   * The largest offset of a partition of which anything may be durable in any slot; {@link
   * Long#MAX_VALUE} when the table has no row of it.
   */
  public long furthest(Connection connection, TopicPartition partition) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT GREATEST(MAX(record_offset), MAX(in_doubt_to)) FROM "
                + table
                + " WHERE connector = ? AND topic = ? AND `partition` = ?")) {
      query.setString(1, connector);
      query.setString(2, partition.topic());
      query.setInt(3, partition.partition());
      try (ResultSet row = query.executeQuery()) {
        long furthest = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? Long.MAX_VALUE : furthest;
      }
    }
  }

  private Standing standing(
      Connection connection, TopicPartition partition, int slot, String locking)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT epoch, record_offset FROM "
                + table
                + " WHERE connector = ? AND topic = ? AND `partition` = ? AND slot = ?"
                + locking)) {
      query.setString(1, connector);
      query.setString(2, partition.topic());
      query.setInt(3, partition.partition());
      query.setInt(4, slot);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? new Standing(row.getLong(1), row.getLong(2)) : null;
      }
    }
  }

  private static void appendText(StringBuilder sql, String text) {
    if (text == null) {
      sql.append("NULL");
      return;
    }

    sql.append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        sql.append('\\');
      }

      sql.append(c);
    }

    sql.append('\'');
  }
}
