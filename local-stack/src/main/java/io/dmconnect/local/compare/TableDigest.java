package io.dmconnect.local.compare;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The number of rows and an order-independent checksum of all their cells. Digests of disjoint sets
 * of rows add up, so that shards can be compared with the table they were merged into.
 *
 * @param rows how many rows
 * @param checksum the sum of the rows' hashes
 */
public record TableDigest(long rows, long checksum) {

  /** The digest of no rows. */
  public static final TableDigest EMPTY = new TableDigest(0, 0);

  /**
   * Digests a table by reading all of it.
   *
   * @param columns the columns that count, in the order that both sides use
   * @throws SQLException when the table or a column is missing or the server fails
   */
  public static TableDigest of(
      Connection connection, String schema, String table, List<String> columns)
      throws SQLException {
    Sum sum = new Sum();
    new TableReader().read(connection, schema, table, columns, sum);
    return new TableDigest(sum.rows, sum.total);
  }

  /** The digest of both sets of rows together. */
  public TableDigest plus(TableDigest other) {
    return new TableDigest(rows + other.rows, checksum + other.checksum);
  }

  /** The checksum as people compare it: 16 hex digits. */
  public String checksumText() {
    return String.format("%016x", checksum);
  }

  private static final class Sum implements TableReader.RowConsumer {
    private final CRC32C low = new CRC32C();
    private final CRC32C high = new CRC32C();
    private long rows;
    private long total;

    @Override
    public void accept(String[] cells) {
      low.reset();
      high.reset();
      high.update(0x5d);
      for (String cell : cells) {
        if (cell == null) {
          low.update(0);
          high.update(0);
        } else {
          byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
          low.update(1);
          low.update(bytes, 0, bytes.length);
          low.update(bytes.length);
          high.update(bytes.length);
          high.update(bytes, 0, bytes.length);
        }
      }
      rows++;
      total += mix(high.getValue() << 32 | low.getValue());
    }

    /**
     * Spreads the bits, so that equal sums of row hashes mean equal rows (MurmurHash3's fmix64).
     */
    private static long mix(long hash) {
      long h = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
      h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
      return h ^ h >>> 33;
    }
  }
}
