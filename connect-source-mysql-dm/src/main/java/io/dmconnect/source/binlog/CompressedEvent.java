package io.dmconnect.source.binlog;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Opens events that MariaDB has compressed ({@code log_bin_compress}; {@code sql/log_event.cc},
 * {@code row_log_event_uncompress} and {@code query_event_uncompress}): the head is plain, then
 * come a byte 0x80 + n, the length of the rest in n bytes, most significant first, and the rest as
 * a zlib stream.
 */
final class CompressedEvent {
  private static final int LENGTH_BYTES = 7;
  private static final int ALGORITHM = 0x70;
  private static final int QUERY_HEAD = 13;
  private static final int ROWS_HEAD = 8;

  private CompressedEvent() {}

  /**
   * The body as it would be without compression.
   *
   * @param type the compressed type's code
   * @throws DmException when it is damaged or the compression is not known
   */
  static byte[] open(int type, byte[] body) {
    try {
      int head =
          type == EventTypes.MARIADB_QUERY_COMPRESSED ? queryHead(body) : rowsHead(type, body);
      return inflate(body, head);
    } catch (IndexOutOfBoundsException | DataFormatException e) {
      throw new DmException(
          SourceError.MALFORMED_EVENT, "A compressed event cannot be opened: " + e.getMessage(), e);
    }
  }

  private static int queryHead(byte[] body) {
    int databaseLength = body[8] & 0xff;
    return QUERY_HEAD + Bytes.uint16(body, 11) + databaseLength + 1;
  }

  private static int rowsHead(int type, byte[] body) {
    int at = ROWS_HEAD;
    if (type >= EventTypes.MARIADB_WRITE_ROWS_COMPRESSED) {
      at += Bytes.uint16(body, at);
    }
    int first = body[at++] & 0xff;
    int columns = first;
    if (first == 252) {
      columns = Bytes.uint16(body, at);
      at += 2;
    }
    int bitmaps = EventTypes.isUpdate(EventTypes.uncompressed(type)) ? 2 : 1;
    return at + bitmaps * ((columns + 7) / 8);
  }

  private static byte[] inflate(byte[] body, int head) throws DataFormatException {
    int mark = body[head] & 0xff;
    if ((mark & ALGORITHM) != 0) {
      throw new DataFormatException("algorithm " + (mark & ALGORITHM));
    }
    int at = head + 1;
    int length = 0;
    for (int i = mark & LENGTH_BYTES; i > 0; i--) {
      length = length << 8 | (body[at++] & 0xff);
    }
    byte[] opened = Arrays.copyOf(body, head + length);
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(body, at, body.length - at);
      int done = 0;
      while (done < length) {
        int count = inflater.inflate(opened, head + done, length - done);
        if (count == 0) {
          throw new DataFormatException("it ends after " + done + " of " + length + " bytes");
        }
        done += count;
      }
      return opened;
    } finally {
      inflater.end();
    }
  }
}
