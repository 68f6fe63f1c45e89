package io.dmconnect.source.snapshot;

import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Tells whether all transactions before a position are committed. The server writes a transaction
 * to its binlog and counts it in the offset first; others see it, and its GTID is in the set, a
 * flush to disk later. Transactions are committed in the order of the binlog ({@code
 * binlog_order_commits}), so that the last one before the position decides.
 */
final class CommitCheck {
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration IDLE_WITHOUT_GTIDS = Duration.ofSeconds(1);
  private static final int MOST_EVENTS = 10_000;

  private CommitCheck() {}

  /**
   * Whether everything before the position is committed, as far as that can be told now.
   *
   * @param earlier a position read shortly before
   */
  static boolean isCommitted(
      SnapshotContext context, Connection connection, BinlogPosition earlier, BinlogPosition at)
      throws SQLException, InterruptedException {
    boolean moved = earlier.file().equals(at.file()) && earlier.offset() < at.offset();
    if (moved && at.gtids() != null) {
      return isLastIn(connection, earlier, at);
    }
    context.pause(at.gtids() == null ? IDLE_WITHOUT_GTIDS : IDLE);
    return context.position(connection).equals(at);
  }

  private static boolean isLastIn(Connection connection, BinlogPosition earlier, BinlogPosition at)
      throws SQLException {
    String sql =
        "SHOW BINLOG EVENTS IN '"
            + at.file()
            + "' FROM "
            + earlier.offset()
            + " LIMIT "
            + MOST_EVENTS;
    String last = null;
    long end = earlier.offset();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        long position = Long.parseLong(Server.text(rows, 2));
        if (position < at.offset()) {
          end = Long.parseLong(Server.text(rows, 5));
          if ("Gtid".equals(Server.text(rows, 3))) {
            last = Server.text(rows, 6);
          }
        }
      }
    }
    return last != null && end >= at.offset() && at.gtids().containsAll(gtid(last));
  }

  /** {@code SET @@SESSION.GTID_NEXT= '<uuid>:<number>'}. */
  private static GtidSet gtid(String info) {
    int from = info.indexOf('\'');
    return GtidSet.parse(info.substring(from + 1, info.lastIndexOf('\'')));
  }
}
