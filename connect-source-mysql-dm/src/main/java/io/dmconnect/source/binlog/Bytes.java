package io.dmconnect.source.binlog;

/** Little-endian numbers in byte arrays, as the binlog writes them. */
final class Bytes {
  private Bytes() {}

  static int uint16(byte[] b, int at) {
    return (b[at] & 0xff) | (b[at + 1] & 0xff) << 8;
  }

  static long uint24(byte[] b, int at) {
    return uint16(b, at) | (b[at + 2] & 0xff) << 16;
  }

  static long uint32(byte[] b, int at) {
    return uint16(b, at) | (long) uint16(b, at + 2) << 16;
  }

  static long uint48(byte[] b, int at) {
    return uint32(b, at) | (long) uint16(b, at + 4) << 32;
  }

  static long int64(byte[] b, int at) {
    return uint32(b, at) | uint32(b, at + 4) << 32;
  }
}
