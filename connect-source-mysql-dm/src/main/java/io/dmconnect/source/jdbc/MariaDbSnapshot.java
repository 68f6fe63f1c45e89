package io.dmconnect.source.jdbc;

import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * MariaDB tells the binlog position of a consistent snapshot without a lock (MariaDB manual,
 * "Enhancements for START TRANSACTION WITH CONSISTENT SNAPSHOT"): {@code Binlog_snapshot_file} and
 * {@code Binlog_snapshot_position} of the session that opened it.
 */
public final class MariaDbSnapshot {
  private static final String OPEN = "START TRANSACTION WITH CONSISTENT SNAPSHOT";

  private MariaDbSnapshot() {}

  /**
   * Opens a transaction with a consistent snapshot, which the caller ends.
   *
   * @param gtids whether the position is to have GTIDs
   * @return what exactly the snapshot shows; empty when there is no binlog
   */
  public static Optional<BinlogPosition> open(Connection connection, boolean gtids)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(OPEN);
      String file = status(statement, "binlog_snapshot_file");
      String offset = status(statement, "binlog_snapshot_position");
      if (file == null || file.isEmpty() || offset == null) {
        return Optional.empty();
      }
      long position = Long.parseLong(offset);
      return Optional.of(
          new BinlogPosition(file, position, gtids ? gtids(connection, file, position) : null));
    }
  }

  static Optional<BinlogPosition> position(Connection connection, boolean gtids)
      throws SQLException {
    Optional<BinlogPosition> position = open(connection, gtids);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
    return position;
  }

  private static String status(Statement statement, String name) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SHOW STATUS LIKE '" + name + "'")) {
      return rows.next() ? Server.text(rows, 2) : null;
    }
  }

  /** The last GTID of each domain before the place. */
  static GtidSet gtids(Connection connection, String file, long position) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT BINLOG_GTID_POS(?, ?)")) {
      statement.setString(1, file);
      statement.setLong(2, position);
      try (ResultSet rows = statement.executeQuery()) {
        String text = rows.next() ? Server.text(rows, 1) : null;
        if (text == null) {
          throw new SQLException("BINLOG_GTID_POS('" + file + "', " + position + ") is NULL");
        }
        return GtidSet.parse(text);
      }
    }
  }
}
