package io.dmconnect.avro;

import java.util.Arrays;

/**
 * Reads Avro's binary encoding. What is malformed ends in a {@link RuntimeException}. Used again
 * for every record; by one thread at a time.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro
 *     specification, Binary Encoding</a>
 */
final class AvroInput {
  private byte[] bytes = {};
  private int at;

  /** Starts to read there. */
  void begin(byte[] message, int offset) {
    this.bytes = message;
    this.at = offset;
  }

  /** Lets the message go. */
  void end() {
    bytes = new byte[0];
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  /** How many bytes are left. */
  int remaining() {
    return bytes.length - at;
  }

  long varlong() {
    long zigzag = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      zigzag |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new IllegalArgumentException("A number has more than ten bytes");
  }

  int varint() {
    return Math.toIntExact(varlong());
  }

  long littleEndian(int length) {
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return bits;
  }

  byte octet() {
    return bytes[at++];
  }

  /** The length that stands before bytes or text. */
  int length() {
    int length = varint();
    if (length < 0 || length > remaining()) {
      throw new IllegalArgumentException("A length goes beyond the record's end: " + length);
    }
    return length;
  }

  /** The next bytes, copied. */
  byte[] take(int length) {
    byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return taken;
  }

  /** Whether the next bytes are these; if so they are passed. */
  boolean passIfSame(byte[] expected) {
    int end = at + expected.length;
    if (Arrays.equals(bytes, at, end, expected, 0, expected.length)) {
      at = end;
      return true;
    }
    return false;
  }
}
