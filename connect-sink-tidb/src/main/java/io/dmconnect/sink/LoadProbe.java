package io.dmconnect.sink;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.literal.SqlBuffer;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.RowLoader;
import io.dmconnect.sink.target.TargetPool;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries whether the target can be trusted with LOAD DATA LOCAL. Older TiDB commits the rows, and
 * with them the transaction they are in, on its own; others have it turned off ({@code
 * local_infile}).
 */
final class LoadProbe {
  private static final Logger LOG = LoggerFactory.getLogger(LoadProbe.class);

  /** More than TiDB takes at once ({@code maxRowsInBatch} in load_data.go). */
  private static final int ROWS = 1001;

  /** No topic has this name: topics are not so named. */
  private static final String TOPIC = "load data?";

  private final TargetPool pool;
  private final String load;
  private final String where;

  private LoadProbe(TargetPool pool, MetaTables tables) {
    this.pool = pool;
    this.where = " FROM " + tables.progress() + " WHERE connector = '' AND topic = '" + TOPIC + "'";
    this.load =
        "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
            + tables.progress()
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
      removeRows(connection, statement);
    }

    try {
      if (rollsBack(loader) && reportsBadValues(loader)) {
        return loader;
      }

      LOG.info("Rows are written by INSERT: the target's LOAD DATA LOCAL cannot be relied on");
    } catch (RowLoader.NotLoadedException e) {
      LOG.info("Rows are written by INSERT: LOAD DATA LOCAL is not available", e);
    }

    return null;
  }

  private boolean rollsBack(RowLoader loader) throws SQLException {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      try {
        loader.load(statement, load, rows(ROWS, "0"), ROWS, false);
      } finally {
        connection.rollback();
      }

      if (count(statement) == 0) {
        return true;
      }

      removeRows(connection, statement);
      return false;
    }
  }

  /** A former probe may have been cut off between its rows and their removal. */
  private void removeRows(Connection connection, Statement statement) throws SQLException {
    statement.execute("DELETE" + where);
    connection.commit();
  }

  private boolean reportsBadValues(RowLoader loader) throws SQLException {
    try (Connection connection = pool.connection();
        Statement statement = connection.createStatement()) {
      try {
        loader.load(statement, load, rows(1, "x"), 1, false);
        return false;
      } catch (RowLoader.NotLoadedException e) {
        return true;
      } finally {
        connection.rollback();
      }
    }
  }

  private long count(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT COUNT(*)" + where)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static InputStream rows(int count, String offset) {
    String text =
        IntStream.range(0, count)
            .mapToObj(slot -> "\t" + TOPIC + "\t0\t" + slot + "\t0\t" + offset + "\n")
            .collect(Collectors.joining());
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
