package io.dmconnect.source.rows;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.value.BinlogBytes;

/**
 * The head of a rows event, version 1 or 2 (MySQL source, {@code
 * libbinlogevents/include/rows_event.h}, {@code Rows_event}; MariaDB writes version 1). The images
 * are read by {@link RowsReader}.
 */
public final class RowsEvent {
  private static final int WRITE_V1 = 23;
  private static final int UPDATE_V1 = 24;
  private static final int DELETE_V1 = 25;
  private static final int WRITE_V2 = 30;
  private static final int UPDATE_V2 = 31;
  private static final int DELETE_V2 = 32;
  private static final int PARTIAL_UPDATE = 39;
  private static final int END_OF_STATEMENT = 1;

  private final RowsKind kind;
  private final long tableId;
  private final int flags;
  private final int columns;
  private final boolean full;
  private final BinlogBytes images;

  private RowsEvent(
      RowsKind kind, long tableId, int flags, int columns, boolean full, BinlogBytes images) {
    this.kind = kind;
    this.tableId = tableId;
    this.flags = flags;
    this.columns = columns;
    this.full = full;
    this.images = images;
  }

  /**
   * Parses the head.
   *
   * @param type the event's type code
   * @param buf holds the event
   * @param off the body's first byte, after the event header
   * @param end the position after the body, without the checksum
   * @throws DmException when the event is cut short, holds JSON differences, or is no rows event
   */
  public static RowsEvent parse(int type, byte[] buf, int off, int end) {
    RowsKind kind = kind(type);
    BinlogBytes in = new BinlogBytes(buf, off, end);
    try {
      long tableId = in.uint48();
      int flags = in.uint16();
      if (type >= WRITE_V2) {
        // the length of the extra data counts itself
        in.advance(in.uint16() - 2);
      }
      int columns = (int) in.lengthEncoded();
      boolean full = allSet(in, columns);
      if (kind == RowsKind.UPDATE) {
        full &= allSet(in, columns);
      }
      in.checkEnd();
      return new RowsEvent(kind, tableId, flags, columns, full, in);
    } catch (IndexOutOfBoundsException e) {
      throw new DmException(SourceError.MALFORMED_EVENT, "A rows event is cut short", e);
    }
  }

  private static RowsKind kind(int type) {
    return switch (type) {
      case WRITE_V1, WRITE_V2 -> RowsKind.INSERT;
      case UPDATE_V1, UPDATE_V2 -> RowsKind.UPDATE;
      case DELETE_V1, DELETE_V2 -> RowsKind.DELETE;
      case PARTIAL_UPDATE ->
          throw new DmException(
              SourceError.PARTIAL_JSON, "The binlog has a PARTIAL_UPDATE_ROWS event");
      default ->
          throw new DmException(
              SourceError.MALFORMED_EVENT, "The binlog event type " + type + " holds no rows");
    };
  }

  private static boolean allSet(BinlogBytes in, int columns) {
    boolean all = true;
    for (int left = columns; left > 0; left -= 8) {
      int wanted = left >= 8 ? 0xff : (1 << left) - 1;
      all &= (in.uint8() & wanted) == wanted;
    }
    return all;
  }

  /** What happened to the rows. */
  public RowsKind kind() {
    return kind;
  }

  /** The id of the table map the rows are laid out by. */
  public long tableId() {
    return tableId;
  }

  /** Whether this is the last rows event of its statement; the table maps end with it. */
  public boolean endsStatement() {
    return (flags & END_OF_STATEMENT) != 0;
  }

  int columns() {
    return columns;
  }

  /** Whether every image has all columns. */
  boolean isFull() {
    return full;
  }

  BinlogBytes images() {
    return images;
  }
}
