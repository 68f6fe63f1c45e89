package io.dmconnect.sink.engine;

import static java.util.Objects.requireNonNull;

import java.util.Objects;

/**
 * Where in the upstream's binlog a change comes from. A source that was killed sends the changes
 * since its last committed offset again; this tells them.
 *
 * @param file the binlog file
 * @param pos the position in it
 * @param row the row's ordinal in its transaction
 * @param last whether the record is the last one made of its row: false for the delete of a key
 *     change, which the insert follows
 * @param millis when the change was committed, milliseconds since the epoch; 0 when unknown
 * @param gtid the transaction's GTID; null when it has none
 */
record SourcePosition(String file, long pos, int row, boolean last, long millis, String gtid) {
  private static final String SEPARATOR = "|";

  SourcePosition {
    requireNonNull(file, "file is null");
  }

  /**
   * Whether the change was seen before, given the last new one of its partition. Going back in the
   * binlog alone is not enough: after a fail-over or RESET MASTER the names start over, but then
   * the commit time or the transaction's number goes on.
   */
  boolean isRepeatOf(SourcePosition seen) {
    if (seen == null || compareInBinlog(seen) > 0 || millis > seen.millis) {
      return false;
    }

    if (gtid == null || seen.gtid == null || gtid.equals(seen.gtid)) {
      return true;
    }

    int cut = numberStart(gtid);
    int seenCut = numberStart(seen.gtid);
    if (!gtid.regionMatches(0, seen.gtid, 0, Math.max(cut, seenCut))) {
      return millis < seen.millis;
    }

    return number(gtid, cut) < number(seen.gtid, seenCut);
  }

  private int compareInBinlog(SourcePosition other) {
    int byFile = compareFiles(file, other.file);
    if (byFile != 0) {
      return byFile;
    }

    if (pos != other.pos) {
      return Long.compare(pos, other.pos);
    }

    return row != other.row ? Integer.compare(row, other.row) : Boolean.compare(last, other.last);
  }

  private static int compareFiles(String left, String right) {
    return left.length() != right.length()
        ? Integer.compare(left.length(), right.length())
        : left.compareTo(right);
  }

  /** MySQL writes {@code uuid[:tag]:number}, MariaDB {@code domain-server-number}. */
  private static int numberStart(String gtid) {
    return Math.max(gtid.lastIndexOf(':'), gtid.lastIndexOf('-')) + 1;
  }

  private static long number(String gtid, int from) {
    try {
      return Long.parseLong(gtid, from, gtid.length(), 10);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The text kept with the progress. */
  String text() {
    return String.join(
        SEPARATOR,
        file,
        Long.toString(pos),
        Integer.toString(row),
        last ? "1" : "0",
        Long.toString(millis),
        Objects.toString(gtid, ""));
  }

  /** Reads the text back; null for null and for what is not such a text. */
  static SourcePosition parse(String text) {
    String[] parts = text == null ? new String[0] : text.split("\\|", -1);
    if (parts.length != 6) {
      return null;
    }

    try {
      return new SourcePosition(
          parts[0],
          Long.parseLong(parts[1]),
          Integer.parseInt(parts[2]),
          "1".equals(parts[3]),
          Long.parseLong(parts[4]),
          parts[5].isEmpty() ? null : parts[5]);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The position for people. */
  @Override
  public String toString() {
    return file + ":" + pos + " row " + row + (gtid == null ? "" : " of transaction " + gtid);
  }
}
