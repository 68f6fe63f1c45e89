package io.dmconnect.avro;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in Avro's binary encoding. Used again for every record; by one thread at a time.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro
 *     specification, Binary Encoding</a>
 */
final class AvroOutput {
  private static final int MAX_VARINT = 10;
  private static final int KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[1024];
  private int size;

  /** Starts anew with these bytes. */
  void begin(byte[] prefix) {
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[1024];
    }
    size = 0;
    raw(prefix, 0, prefix.length);
  }

  /** A copy of what was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** An int or long: zig-zag, seven bits a byte, the lowest first. */
  void varint(long value) {
    ensure(MAX_VARINT);
    long rest = (value << 1) ^ (value >> 63);
    int at = size;
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    size = at;
  }

  /** The four bytes of a float or the eight of a double, the lowest first. */
  void littleEndian(long bits, int length) {
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) (bits >>> (8 * i));
    }
  }

  /** One byte as it is: a boolean. */
  void octet(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Bytes or UTF-8 text with their length. */
  void sized(byte[] value) {
    varint(value.length);
    raw(value, 0, value.length);
  }

  /** A buffer's remaining bytes with their length; the buffer stays as it is. */
  void sized(ByteBuffer value) {
    int length = value.remaining();
    varint(length);
    ensure(length);
    value.get(value.position(), bytes, size, length);
    size += length;
  }

  private void raw(byte[] value, int offset, int length) {
    ensure(length);
    System.arraycopy(value, offset, bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }
}
