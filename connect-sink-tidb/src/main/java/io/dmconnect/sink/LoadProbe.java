package io.dmconnect.sink;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Refusal;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.RowLoader;
import io.dmconnect.sink.target.TargetPool;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries whether the target can be trusted with LOAD DATA LOCAL: older TiDB commits the rows, and
 * with them the transaction they are in, on its own. It is tried when a task starts; after an
 * upgrade of the target rows go by DML until the task is restarted.
 */
final class LoadProbe {
  private static final Logger LOG = LoggerFactory.getLogger(LoadProbe.class);

  /** More than TiDB takes at once ({@code maxRowsInBatch} in load_data.go). */
  private static final int ROWS = 1001;

  /** No topic has this name: topics are not so named. */
  private static final String TOPIC = "load data?";

  private static final int MOST_CUTS = 2;

  private final TargetPool pool;
  private final String progress;

  /** Several tasks begin at once, and none must take the rows of another one for its own. */
  private final String owner = "probe-" + UUID.randomUUID();

  private final String load;
  private int cuts;

  private LoadProbe(TargetPool pool, MetaTables tables) {
    this.pool = pool;
    this.progress = tables.progress();
    this.load =
        "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
            + progress
            + SqlBuffer.LOAD_FORMAT
            + "(connector, topic, `partition`, slot, epoch, record_offset)";
  }

  /**
   * A loader, when rows that were loaded are gone after a rollback and a value that does not fit is
   * reported.
   *
   * @return null when LOAD DATA cannot be relied on
   * @throws DmException when the target cannot be reached
   */
  static RowLoader loader(TargetPool pool, Retry retry, MetaTables tables) {
    LoadProbe probe = new LoadProbe(pool, tables);
    return retry.run("try LOAD DATA", probe::run);
  }

  private RowLoader run() throws SQLException {
    RowLoader loader;
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      loader = new RowLoader(RowLoader.version(connection));
      // A former probe may have been cut off between its rows and their removal.
      remove(connection, statement, "updated_at < NOW() - INTERVAL 1 HOUR");
    }

    boolean isSafe = rollsBack(loader) && reportsBadValues(loader);
    if (!isSafe) {
      LOG.info("Rows are written by INSERT: the target's LOAD DATA LOCAL cannot be relied on");
    }

    return isSafe ? loader : null;
  }

  private boolean rollsBack(RowLoader loader) throws SQLException {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      if (refused(loader, connection, statement, rows(ROWS, "0"), ROWS) != null) {
        return false;
      }

      connection.rollback();
      if (count(statement) == 0) {
        return true;
      }

      remove(connection, statement, mine());
      return false;
    }
  }

  private boolean reportsBadValues(RowLoader loader) throws SQLException {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      boolean reports =
          loader.suits(connection)
              && refused(loader, connection, statement, rows(1, "x"), 1) != null;
      if (!reports) {
        connection.rollback();
      }

      return reports;
    }
  }

  /** Loads rows; gives why they were not loaded, the connection is gone then, else null. */
  private SQLException refused(
      RowLoader loader, Connection connection, Statement statement, InputStream rows, int count)
      throws SQLException {
    try {
      loader.load(statement, load, rows, count, false);
      return null;
    } catch (RowLoader.NotLoadedException e) {
      pool.abandon(connection);
      LOG.debug("LOAD DATA LOCAL was not done", e);
      return e;
    } catch (SQLException e) {
      pool.abandon(connection);
      // Something on the way may cut the connection because of the request for the rows.
      if (TiDbCompatibility.refusal(e) == Refusal.UNREACHABLE && ++cuts >= MOST_CUTS) {
        LOG.debug("LOAD DATA LOCAL cuts the connection", e);
        return e;
      }

      throw e;
    }
  }

  private String mine() {
    return "connector = '" + owner + "'";
  }

  private void remove(Connection connection, Statement statement, String which)
      throws SQLException {
    statement.execute("DELETE FROM " + progress + " WHERE topic = '" + TOPIC + "' AND " + which);
    connection.commit();
  }

  private long count(Statement statement) throws SQLException {
    String query = "SELECT COUNT(*) FROM " + progress + " WHERE " + mine();
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private InputStream rows(int count, String offset) {
    String text =
        IntStream.range(0, count)
            .mapToObj(slot -> String.join("\t", owner, TOPIC, "0", "" + slot, "0", offset) + "\n")
            .collect(Collectors.joining());
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
