package io.dmconnect.sink.sql;

/**
 * How big a statement may become. A row that is bigger than {@code maxBytes} alone gets a statement
 * of its own.
 *
 * @param maxRows the most rows of one statement of DML
 * @param maxBytes the most bytes of its text in UTF-8
 * @param loadRows from how many rows on LOAD DATA is used where it may be; one holds all rows of a
 *     batch
 */
public record PlanLimits(int maxRows, int maxBytes, int loadRows) {

  /** Sizes at which TiDB's cost per row is near its minimum. */
  public static final PlanLimits DEFAULT = new PlanLimits(1000, 1 << 20, 64);

  /** Checks that all are positive. */
  public PlanLimits {
    if (maxRows < 1 || maxBytes < 1 || loadRows < 1) {
      throw new IllegalArgumentException(
          "Not positive: " + maxRows + " rows, " + maxBytes + " B, " + loadRows + " rows loaded");
    }
  }
}
