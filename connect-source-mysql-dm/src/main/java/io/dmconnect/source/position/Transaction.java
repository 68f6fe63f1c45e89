package io.dmconnect.source.position;

import static java.util.Objects.requireNonNull;

/**
 * Which transaction an event belongs to, and where it begins.
 *
 * @param file the binlog file
 * @param start the offset of its first event
 * @param gtidSource the source part of its GTID; null when it has none
 * @param gtidNumber the number of its GTID; 0 when it has none
 */
public record Transaction(String file, long start, String gtidSource, long gtidNumber) {

  /** Checks the file. */
  public Transaction {
    requireNonNull(file, "file is null");
  }

  /** Whether it has a GTID. */
  public boolean hasGtid() {
    return gtidSource != null;
  }

  /** The GTID as text; null when it has none. */
  public String gtid() {
    return gtidSource == null ? null : Gtid.text(gtidSource, gtidNumber);
  }

  /** For people: the GTID if any, and file and offset. */
  @Override
  public String toString() {
    return (hasGtid() ? gtid() + " at " : "") + file + ':' + start;
  }
}
