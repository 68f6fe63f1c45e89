package io.dmconnect.source.snapshot;

import io.dmconnect.source.schema.TableVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads rows of one table by short SELECTs, streamed. Belongs to one thread. */
final class ChunkReader {
  private final TableVersion version;
  private final Keyset keyset;
  private final int limit;
  private final String select;

  /** Takes one row. */
  interface RowSink {
    void accept(byte[][] cells, long size) throws InterruptedException;
  }

  /**
   * A reader.
   *
   * @param keyset the walk; null to read the table at once
   * @param limit the rows of a chunk
   */
  ChunkReader(TableVersion version, Keyset keyset, int limit) {
    this.version = version;
    this.keyset = keyset;
    this.limit = limit;
    this.select =
        "SELECT "
            + String.join(", ", version.codec().snapshotExpressions())
            + " FROM "
            + version.table().quoted();
  }

  /**
   * Reads the chunk behind a key.
   *
   * @param key the last key read; null for the first chunk
   * @return how many rows it had; fewer than the limit when it was the last
   */
  int read(Connection connection, String key, RowSink sink)
      throws SQLException, InterruptedException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(Integer.MIN_VALUE);
      int columns = version.schema().columns().size();
      int count = 0;
      try {
        ResultSet rows = statement.executeQuery(sql(key));
        while (rows.next()) {
          byte[][] cells = new byte[columns][];
          long size = 0;
          for (int i = 0; i < columns; i++) {
            byte[] cell = rows.getBytes(i + 1);
            cells[i] = cell;
            size += cell == null ? 0 : cell.length;
          }
          count++;
          sink.accept(cells, size);
        }
      } catch (InterruptedException e) {
        // closing the result would read it to its end
        connection.abort(Runnable::run);
        throw e;
      }
      return count;
    }
  }

  private String sql(String key) {
    if (keyset == null) {
      return select;
    }
    String where = key == null ? "" : " WHERE " + keyset.behind(key);
    return select
        + " FORCE INDEX (PRIMARY)"
        + where
        + " ORDER BY "
        + keyset.order()
        + " LIMIT "
        + limit;
  }
}
