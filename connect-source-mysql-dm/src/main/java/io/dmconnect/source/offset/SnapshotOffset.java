package io.dmconnect.source.offset;

import static java.util.Objects.requireNonNull;

import io.dmconnect.source.position.BinlogPosition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a table's snapshot went.
 *
 * @param from the position its first row was read after: changes before it are in the snapshot
 * @param schema the table's schema at that position as JSON text; null when the table was dropped
 *     before it could be read, then all its changes before {@code from} are to be left out
 * @param key the last key read, as the SQL literals of its columns; null when no row was read yet
 * @param rows how many rows were read
 * @param until the position its last row was read before: changes from {@code from} to there may be
 *     in the snapshot; null while it is not done
 * @param begun the time in the ids of its schema changes, microseconds since the epoch: when the
 *     attempt began, or takes back the one before, which may have been at the same position; 0 for
 *     the first attempt of a table with primary key, which is gone on with
 * @param pending the schema change that is in some of the topic's partitions only and is to be
 *     repeated in all; null when there is none
 */
public record SnapshotOffset(
    BinlogPosition from,
    String schema,
    String key,
    long rows,
    BinlogPosition until,
    long begun,
    Pending pending) {
  /** The schema changes a snapshot makes. */
  public enum Pending {
    /** The CREATE that opens the topic. */
    CREATE,
    /** The DROP that takes back what was written. */
    DROP
  }

  private static final String UNTIL = "until_";
  private static final String SCHEMA = "schema";
  private static final String KEY = "key";
  private static final String ROWS = "rows";
  private static final String DONE = "done";
  private static final String BEGUN = "begun";
  private static final String PENDING = "pending";

  /** Checks what is never null. */
  public SnapshotOffset {
    requireNonNull(from, "from is null");
  }

  /** The offset as Connect gives it back; null for null. */
  public static SnapshotOffset read(Map<String, ?> offset) {
    if (offset == null) {
      return null;
    }
    BinlogPosition from = PositionFields.read(offset, "");
    if (from == null) {
      return null;
    }
    return new SnapshotOffset(
        from,
        PositionFields.text(offset, SCHEMA),
        PositionFields.text(offset, KEY),
        PositionFields.number(offset, ROWS),
        PositionFields.read(offset, UNTIL),
        PositionFields.number(offset, BEGUN),
        pending(PositionFields.text(offset, PENDING)));
  }

  private static Pending pending(String name) {
    return name == null ? null : Pending.valueOf(name);
  }

  /** Whether all rows were read. */
  public boolean done() {
    return until != null;
  }

  /** The offset after more rows. */
  public SnapshotOffset advanced(String lastKey, long moreRows) {
    return new SnapshotOffset(from, schema, lastKey, rows + moreRows, until, begun, null);
  }

  /** The offset of the complete snapshot. */
  public SnapshotOffset done(BinlogPosition end) {
    return new SnapshotOffset(from, schema, key, rows, end, begun, null);
  }

  /** The offset at the start of a dump of a table with primary key. */
  public static SnapshotOffset start(BinlogPosition from, String schema) {
    return start(from, schema, 0);
  }

  /**
   * The offset at the start of a dump.
   *
   * @param begun as {@link #begun}
   */
  public static SnapshotOffset start(BinlogPosition from, String schema, long begun) {
    return new SnapshotOffset(from, schema, null, 0, null, begun, null);
  }

  /** The offset while the CREATE is not in all partitions. */
  public SnapshotOffset pendingCreate() {
    return new SnapshotOffset(from, schema, key, rows, null, begun, Pending.CREATE);
  }

  /**
   * The offset while the DROP that takes the dump back is not in all partitions.
   *
   * @param time the time in the DROP's id
   */
  public SnapshotOffset pendingDrop(long time) {
    return new SnapshotOffset(from, schema, key, rows, null, time, Pending.DROP);
  }

  /** The offset of a table that was dropped before that position. */
  public static SnapshotOffset gone(BinlogPosition at) {
    return new SnapshotOffset(at, null, null, 0, at, 0, null);
  }

  /** The offset for Connect. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    PositionFields.write(map, "", from);
    if (schema != null) {
      map.put(SCHEMA, schema);
    }
    map.put(ROWS, rows);
    map.put(DONE, done());
    if (key != null) {
      map.put(KEY, key);
    }
    if (begun != 0) {
      map.put(BEGUN, begun);
    }
    if (pending != null) {
      map.put(PENDING, pending.name());
    }
    if (until != null) {
      PositionFields.write(map, UNTIL, until);
    }
    return map;
  }
}
