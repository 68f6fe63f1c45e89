package io.dmconnect.source.binlog;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Opens compressed transactions (TRANSACTION_PAYLOAD_EVENT, MySQL 8.0.20; {@code
 * libbinlogevents/include/compression/}): a list of fields (type, length, value as packed integers)
 * ended by type 0, then the compressed events, which carry no checksums. The events are streamed,
 * so that the heap holds one of them at a time.
 */
public final class PayloadReader {
  private static final int FIELD_END = 0;
  private static final int FIELD_COMPRESSION = 2;
  private static final int ZSTD = 0;
  private static final int NONE = 255;
  private static final int HEADER_LENGTH = 19;

  private PayloadReader() {}

  /**
   * Hands every event of the transaction to the handler; they carry the envelope's positions.
   *
   * @throws IllegalStateException when the compression is not known
   */
  public static void forEach(RawEvent envelope, BinlogEventHandler handler)
      throws InterruptedException {
    Cursor cursor = new Cursor(envelope.body());
    long compression = ZSTD;
    for (long field = cursor.packed(); field != FIELD_END; field = cursor.packed()) {
      int length = (int) cursor.packed();
      int next = cursor.at + length;
      if (field == FIELD_COMPRESSION) {
        compression = cursor.packed();
      }
      cursor.at = next;
    }
    InputStream payload =
        new ByteArrayInputStream(envelope.body(), cursor.at, envelope.body().length - cursor.at);
    try (InputStream in = open(payload, compression)) {
      byte[] header = new byte[HEADER_LENGTH];
      while (in.readNBytes(header, 0, HEADER_LENGTH) == HEADER_LENGTH) {
        readEvent(in, header, envelope, handler);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A compressed transaction cannot be opened", e);
    }
  }

  private static InputStream open(InputStream payload, long compression) throws IOException {
    if (compression == ZSTD) {
      return new ZstdInputStream(payload);
    }
    if (compression == NONE) {
      return payload;
    }
    throw new IllegalStateException("unknown compression " + compression + " of a transaction");
  }

  private static void readEvent(
      InputStream in, byte[] header, RawEvent envelope, BinlogEventHandler handler)
      throws IOException, InterruptedException {
    int length = (int) Bytes.uint32(header, 9) - HEADER_LENGTH;
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("a compressed transaction ends inside an event");
    }
    int type = header[4] & 0xff;
    if (EventTypes.isRows(type) && !handler.wantsRows(Bytes.uint48(body, 0))) {
      body = null;
    }
    handler.onEvent(
        new RawEvent(
            type,
            Bytes.uint32(header, 0),
            Bytes.uint32(header, 5),
            envelope.start(),
            envelope.end(),
            Bytes.uint16(header, 17),
            body));
  }

  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    /** A length-encoded integer of the client/server protocol. */
    long packed() {
      int first = bytes[at++] & 0xff;
      if (first < 251) {
        return first;
      }
      int length =
          switch (first) {
            case 252 -> 2;
            case 253 -> 3;
            default -> 8;
          };
      long value =
          switch (length) {
            case 2 -> Bytes.uint16(bytes, at);
            case 3 -> Bytes.uint24(bytes, at);
            default -> Bytes.int64(bytes, at);
          };
      at += length;
      return value;
    }
  }
}
