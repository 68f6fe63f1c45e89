package io.dmconnect.source.position;

import static java.util.Objects.requireNonNull;

/**
 * A place between two transactions of a server's binlog.
 *
 * @param file the binlog file
 * @param offset the offset of the next transaction in it
 * @param gtids every GTID before it; null when the server keeps no GTIDs
 */
public record BinlogPosition(String file, long offset, GtidSet gtids)
    implements Comparable<BinlogPosition> {

  /** Checks the file. */
  public BinlogPosition {
    requireNonNull(file, "file is null");
  }

  /**
   * Whether the transaction is before this place. Told by GTID where both have one: that also holds
   * on another server of the same replication topology.
   */
  public boolean covers(Transaction transaction) {
    if (gtids != null && transaction.hasGtid()) {
      return gtids.contains(transaction.gtidSource(), transaction.gtidNumber());
    }
    return compare(transaction.file(), transaction.start(), file, offset) < 0;
  }

  /**
   * Whether the transaction may be before this place: it is by its GTID, or it begins before this
   * offset. A server counts a transaction in its offset before others see it, and in its GTID set
   * after that.
   */
  public boolean mayCover(Transaction transaction) {
    return covers(transaction)
        || compare(transaction.file(), transaction.start(), file, offset) < 0;
  }

  /** Whether every transaction the other place may cover is before this one. */
  public boolean isAfter(BinlogPosition other) {
    boolean byGtid = gtids == null || other.gtids == null || gtids.containsAll(other.gtids);
    return byGtid && compareTo(other) >= 0;
  }

  /** Orders places of one server by file and offset. */
  @Override
  public int compareTo(BinlogPosition other) {
    return compare(file, offset, other.file, other.offset);
  }

  /** Orders places of one server by file number and offset. */
  static int compare(String file, long offset, String otherFile, long otherOffset) {
    if (file.equals(otherFile)) {
      return Long.compare(offset, otherOffset);
    }
    return Long.compare(number(file), number(otherFile));
  }

  private static long number(String file) {
    String digits = file.substring(file.lastIndexOf('.') + 1);
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + file + "' is not a binlog file's name", e);
    }
  }

  /** For people: file and offset. */
  @Override
  public String toString() {
    return file + ':' + offset;
  }
}
