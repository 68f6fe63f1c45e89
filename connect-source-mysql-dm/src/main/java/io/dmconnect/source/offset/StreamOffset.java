package io.dmconnect.source.offset;

import static java.util.Objects.requireNonNull;

import io.dmconnect.source.position.BinlogPosition;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far the binlog was read: the start of a transaction and how many of its changes are already
 * in the topics. As a map {@code {file, pos, gtids, gtid, row, xa, ts_sec}} and what {@link
 * RecentVersions} adds, made only when somebody reads it, because every record carries one and only
 * the last of a commit is written.
 */
public final class StreamOffset extends AbstractMap<String, Object> {
  private static final String GTID = "gtid";
  private static final String ROW = "row";
  private static final String XA = "xa";
  private static final String TS_SEC = "ts_sec";

  private final BinlogPosition position;
  private final String gtid;
  private final long row;
  private final PreparedTransactions prepared;
  private final long timestampSeconds;
  private final RecentVersions recent;

  /**
   * An offset.
   *
   * @param position where the transaction begins
   * @param gtid the transaction's GTID; null when {@code row} is 0 or it has none
   * @param row how many of the transaction's changes (rows of captured tables, schema changes) are
   *     in the topics
   * @param prepared the XA transactions that are prepared there
   * @param timestampSeconds when the last change was made, for people
   * @param recent schema versions before this place that may not be committed on their own
   */
  public StreamOffset(
      BinlogPosition position,
      String gtid,
      long row,
      PreparedTransactions prepared,
      long timestampSeconds,
      RecentVersions recent) {
    this.position = requireNonNull(position, "position is null");
    this.gtid = gtid;
    this.row = row;
    this.prepared = requireNonNull(prepared, "prepared is null");
    this.timestampSeconds = timestampSeconds;
    this.recent = requireNonNull(recent, "recent is null");
  }

  /** The offset as Connect gives it back; null for null. */
  public static StreamOffset read(Map<String, ?> offset) {
    if (offset == null) {
      return null;
    }
    BinlogPosition position = PositionFields.read(offset, "");
    return position == null
        ? null
        : new StreamOffset(
            position,
            PositionFields.text(offset, GTID),
            PositionFields.number(offset, ROW),
            PreparedTransactions.parse(PositionFields.text(offset, XA)),
            PositionFields.number(offset, TS_SEC),
            RecentVersions.read(offset));
  }

  /** Where the transaction begins. */
  public BinlogPosition position() {
    return position;
  }

  /** The GTID of the transaction that is partly in the topics; null when none is. */
  public String gtid() {
    return gtid;
  }

  /** How many of the transaction's changes are in the topics. */
  public long row() {
    return row;
  }

  /** The XA transactions that are prepared there and not yet committed or rolled back. */
  public PreparedTransactions prepared() {
    return prepared;
  }

  /** The schema versions before this place that may not be committed on their own. */
  public RecentVersions recent() {
    return recent;
  }

  /** The same place with other recent versions. */
  public StreamOffset with(RecentVersions versions) {
    return new StreamOffset(position, gtid, row, prepared, timestampSeconds, versions);
  }

  /** The offset at the start of a transaction, without anything prepared. */
  public static StreamOffset at(BinlogPosition position) {
    return new StreamOffset(position, null, 0, PreparedTransactions.NONE, 0, RecentVersions.NONE);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> map = new LinkedHashMap<>();
    PositionFields.write(map, "", position);
    if (gtid != null) {
      map.put(GTID, gtid);
    }
    map.put(ROW, row);
    if (!prepared.isEmpty()) {
      map.put(XA, prepared.toString());
    }
    map.put(TS_SEC, timestampSeconds);
    recent.write(map);
    return map.entrySet();
  }
}
