package io.dmconnect.source.offset;

import static java.util.Objects.requireNonNull;

import io.dmconnect.source.position.BinlogPosition;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far the binlog was read: the start of a transaction and how many of its changes are already
 * in the topics. As a map {@code {file, pos, gtids, gtid, row, ts_sec}}, made only when somebody
 * reads it, because every record carries one and only the last of a commit is written.
 */
public final class StreamOffset extends AbstractMap<String, Object> {
  private static final String GTID = "gtid";
  private static final String ROW = "row";
  private static final String TS_SEC = "ts_sec";

  private final BinlogPosition position;
  private final String gtid;
  private final long row;
  private final long timestampSeconds;

  /**
   * An offset.
   *
   * @param position where the transaction begins
   * @param gtid the transaction's GTID; null when {@code row} is 0 or it has none
   * @param row how many of the transaction's changes (rows of captured tables, schema changes) are
   *     in the topics
   * @param timestampSeconds when the last change was made, for people
   */
  public StreamOffset(BinlogPosition position, String gtid, long row, long timestampSeconds) {
    this.position = requireNonNull(position, "position is null");
    this.gtid = gtid;
    this.row = row;
    this.timestampSeconds = timestampSeconds;
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
            PositionFields.number(offset, TS_SEC));
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

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> map = new LinkedHashMap<>();
    PositionFields.write(map, "", position);
    if (gtid != null) {
      map.put(GTID, gtid);
    }
    map.put(ROW, row);
    map.put(TS_SEC, timestampSeconds);
    return map.entrySet();
  }
}
