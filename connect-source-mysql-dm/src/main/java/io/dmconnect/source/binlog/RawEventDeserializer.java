package io.dmconnect.source.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes events off the client's stream without decoding them: reads the header, asks the handler
 * whether it wants a rows event, and passes the body on. What the client itself needs (rotations,
 * positions) it gets back as its own objects.
 */
final class RawEventDeserializer extends EventDeserializer {
  private static final int HEADER_LENGTH = 19;
  private static final int CHECKSUM_LENGTH = 4;
  private static final int TABLE_ID_LENGTH = 6;
  private static final long UINT32 = 0xffffffffL;
  private static final EventData NO_DATA = new NoData();

  private final BinlogEventHandler handler;
  private final byte[] header = new byte[HEADER_LENGTH];
  private final byte[] tableId = new byte[TABLE_ID_LENGTH];
  private int checksumLength;
  private long position = 4;
  private Throwable failure;

  RawEventDeserializer(BinlogEventHandler handler) {
    this.handler = handler;
  }

  /** What the handler threw; null when it did not. */
  Throwable failure() {
    return failure;
  }

  @Override
  @Deprecated
  public void setChecksumType(ChecksumType checksumType) {
    checksumLength = checksumType == ChecksumType.NONE ? 0 : CHECKSUM_LENGTH;
  }

  @Override
  public Event nextEvent(ByteArrayInputStream in) throws IOException {
    in.fill(header, 0, HEADER_LENGTH);
    int type = header[4] & 0xff;
    long timestamp = Bytes.uint32(header, 0);
    long serverId = Bytes.uint32(header, 5);
    int bodyLength = (int) (Bytes.uint32(header, 9) - HEADER_LENGTH);
    long next = Bytes.uint32(header, 13);
    int flags = Bytes.uint16(header, 17);
    long end = end(next);
    long start = next == 0 ? end : end - bodyLength - HEADER_LENGTH;
    try {
      EventData data = read(in, new Head(type, timestamp, serverId, start, end, flags), bodyLength);
      return new Event(clientHeader(type, next), data);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stop(e);
    } catch (RuntimeException | Error e) {
      throw stop(e);
    }
  }

  private EventData read(ByteArrayInputStream in, Head head, int bodyLength)
      throws IOException, InterruptedException {
    int checksum = head.type == EventTypes.FORMAT_DESCRIPTION ? 0 : checksumLength;
    int length = bodyLength - checksum;
    if (EventTypes.isRows(EventTypes.uncompressed(head.type))) {
      in.fill(tableId, 0, TABLE_ID_LENGTH);
      boolean wanted = handler.wantsRows(Bytes.uint48(tableId, 0));
      byte[] body = null;
      if (wanted) {
        body = new byte[length];
        System.arraycopy(tableId, 0, body, 0, TABLE_ID_LENGTH);
        in.fill(body, TABLE_ID_LENGTH, length - TABLE_ID_LENGTH);
        skip(in, checksum);
      } else {
        skip(in, bodyLength - TABLE_ID_LENGTH);
      }
      position = head.end;
      handler.onEvent(head.with(body));
      return NO_DATA;
    }
    byte[] body = in.read(length);
    skip(in, checksum);
    if (head.type == EventTypes.ROTATE) {
      return rotate(body);
    }
    if (head.type == EventTypes.FORMAT_DESCRIPTION) {
      readChecksumAlgorithm(body);
    }
    position = head.end;
    handler.onEvent(head.with(body));
    return NO_DATA;
  }

  private EventData rotate(byte[] body) {
    RotateEventData data = new RotateEventData();
    data.setBinlogPosition(Bytes.int64(body, 0));
    data.setBinlogFilename(new String(body, 8, body.length - 8, StandardCharsets.UTF_8));
    position = data.getBinlogPosition();
    handler.onFile(data.getBinlogFilename(), position);
    return data;
  }

  /**
   * The algorithm is the byte before the event's own checksum (WL#2540); servers that know no
   * checksums are older than what is supported.
   */
  private void readChecksumAlgorithm(byte[] body) {
    checksumLength = body[body.length - CHECKSUM_LENGTH - 1] == 1 ? CHECKSUM_LENGTH : 0;
  }

  /**
   * The header's position has 32 bits, a file may be longer: the high bits are those of the events
   * before. Events the server makes up have position 0. Between two events there may be others that
   * the server left out.
   */
  private long end(long next) {
    if (next == 0) {
      return position;
    }
    long end = (position & ~UINT32) | next;
    return end < position ? end + UINT32 + 1 : end;
  }

  private EOFException stop(Throwable cause) {
    failure = cause;
    EOFException end = new EOFException("the handler ended the connection");
    end.initCause(cause);
    return end;
  }

  private static void skip(ByteArrayInputStream in, int length) throws IOException {
    long left = length;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        throw new EOFException("the connection ended inside an event");
      }
      left -= skipped;
    }
  }

  private static EventHeaderV4 clientHeader(int type, long next) {
    EventHeaderV4 header = new EventHeaderV4();
    EventType known = EventType.byEventNumber(type);
    header.setEventType(known == null ? EventType.UNKNOWN : known);
    header.setNextPosition(next);
    return header;
  }

  private record Head(int type, long timestamp, long serverId, long start, long end, int flags) {
    RawEvent with(byte[] body) {
      boolean opens = EventTypes.isCompressed(type) && body != null;
      return new RawEvent(
          EventTypes.uncompressed(type),
          timestamp,
          serverId,
          start,
          end,
          flags,
          opens ? CompressedEvent.open(type, body) : body);
    }
  }

  private static final class NoData implements EventData {
    private static final long serialVersionUID = 1L;
  }
}
