package io.dmconnect.sink.ddl;

import static io.dmconnect.model.TableId.quote;

import io.dmconnect.model.TableId;
import io.dmconnect.model.route.Route;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of one upstream table in a target table that has others' too. Safe for several threads.
 */
final class ShardRows {
  private static final int ROWS_AT_ONCE = 5_000;
  private static final int NO_SUCH_DATABASE = 1049;
  private static final int NO_SUCH_TABLE = 1146;

  private final TargetPool pool;
  private final Retry retry;
  private final Owners owners;

  ShardRows(TargetPool pool, Retry retry, Owners owners) {
    this.pool = pool;
    this.retry = retry;
    this.owners = owners;
  }

  /**
   * Deletes the rows that have exactly these values, some at a time, as long as the partition is
   * this task's: another one that took it over writes them anew.
   *
   * @throws io.dmconnect.sink.write.FencedException when another task has taken it over
   */
  void delete(DdlWork work, TableId table, List<Route.AddedColumn> shard) {
    String sql =
        "DELETE FROM "
            + table.quoted()
            + " WHERE "
            + shard.stream().map(ShardRows::isValue).collect(Collectors.joining(" AND "))
            + " LIMIT "
            + ROWS_AT_ONCE;
    int deleted = ROWS_AT_ONCE;
    while (deleted == ROWS_AT_ONCE) {
      deleted =
          retry.inTransaction(
              pool,
              "delete rows of a shard from " + table,
              connection -> {
                owners.hold(connection, work.partition(), work.epoch());
                try (PreparedStatement delete = connection.prepareStatement(sql)) {
                  int parameter = 1;
                  for (Route.AddedColumn column : shard) {
                    delete.setString(parameter++, column.value());
                    delete.setString(parameter++, column.value());
                  }

                  return delete.executeUpdate();
                }
              });
    }
  }

  /**
   * By the column's collation, for an index, and by the bytes: names differ in letter case, too.
   */
  static String isValue(Route.AddedColumn column) {
    String name = quote(column.name());
    return name
        + " = ? AND CAST(CONVERT("
        + name
        + " USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)";
  }

  /** Whether a table has no rows, or is not there. */
  boolean areNone(TableId table) {
    return retry.inTransaction(pool, "look for rows in " + table, c -> areNone(c, table));
  }

  private static boolean areNone(Connection connection, TableId table) throws SQLException {
    try (Statement query = connection.createStatement()) {
      return !query.executeQuery("SELECT 1 FROM " + table.quoted() + " LIMIT 1").next();
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
        return true;
      }

      throw e;
    }
  }
}
