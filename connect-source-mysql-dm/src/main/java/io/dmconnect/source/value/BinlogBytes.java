package io.dmconnect.source.value;

import java.util.Arrays;

/**
 * A cursor over the bytes of one binlog event. Reads move the position forward; reading past the
 * array's end throws {@link IndexOutOfBoundsException}, and {@link #checkEnd()} tells when the
 * event's own end was passed. Not safe for use by several threads.
 */
public final class BinlogBytes {
  private final byte[] buf;
  private final int end;
  private int pos;

  /**
   * A cursor over a part of an array.
   *
   * @param buf the bytes; not copied
   * @param start the first byte to read
   * @param end the position after the last byte
   */
  public BinlogBytes(byte[] buf, int start, int end) {
    this.buf = buf;
    this.pos = start;
    this.end = end;
  }

  /** The array that is read. */
  public byte[] array() {
    return buf;
  }

  /** The position of the next byte in the array. */
  public int position() {
    return pos;
  }

  /** Moves forward and returns the position before. */
  public int advance(int bytes) {
    int start = pos;
    pos += bytes;
    return start;
  }

  /** The position after the last byte. */
  public int end() {
    return end;
  }

  /** Whether unread bytes are left. */
  public boolean hasRemaining() {
    return pos < end;
  }

  /** Throws when a read went past the end. */
  public void checkEnd() {
    if (pos > end) {
      throw new IndexOutOfBoundsException("Read " + (pos - end) + " bytes past the event's end");
    }
  }

  /** One byte, signed. */
  public byte int8() {
    return buf[pos++];
  }

  /** One byte, unsigned. */
  public int uint8() {
    return buf[pos++] & 0xff;
  }

  /** Two bytes, little-endian, unsigned. */
  public int uint16() {
    int p = pos;
    pos = p + 2;
    return (buf[p] & 0xff) | (buf[p + 1] & 0xff) << 8;
  }

  /** Three bytes, little-endian, unsigned. */
  public int uint24() {
    int p = pos;
    pos = p + 3;
    return (buf[p] & 0xff) | (buf[p + 1] & 0xff) << 8 | (buf[p + 2] & 0xff) << 16;
  }

  /** Four bytes, little-endian, signed. */
  public int int32() {
    int p = pos;
    pos = p + 4;
    return (buf[p] & 0xff)
        | (buf[p + 1] & 0xff) << 8
        | (buf[p + 2] & 0xff) << 16
        | (buf[p + 3] & 0xff) << 24;
  }

  /** Four bytes, little-endian, unsigned. */
  public long uint32() {
    return int32() & 0xffffffffL;
  }

  /** Six bytes, little-endian, unsigned. */
  public long uint48() {
    return uint32() | (long) uint16() << 32;
  }

  /** Eight bytes, little-endian. */
  public long int64() {
    return uint32() | (long) int32() << 32;
  }

  /** Up to eight bytes, little-endian, unsigned. */
  public long uintLittle(int bytes) {
    long value = 0;
    int p = advance(bytes);
    for (int i = 0; i < bytes; i++) {
      value |= (buf[p + i] & 0xffL) << (8 * i);
    }
    return value;
  }

  /** Up to eight bytes, big-endian, unsigned. */
  public long uintBig(int bytes) {
    long value = 0;
    int p = advance(bytes);
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (buf[p + i] & 0xffL);
    }
    return value;
  }

  /** A length-encoded integer of MySQL's protocol. */
  public long lengthEncoded() {
    int first = uint8();
    return switch (first) {
      case 0xfc -> uint16();
      case 0xfd -> uint24();
      case 0xfe -> int64();
      default -> first;
    };
  }

  /** A copy of the next bytes. */
  public byte[] bytes(int length) {
    int p = advance(length);
    checkEnd();
    return Arrays.copyOfRange(buf, p, p + length);
  }
}
