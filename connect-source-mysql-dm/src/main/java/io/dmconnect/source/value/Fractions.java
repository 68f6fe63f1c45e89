package io.dmconnect.source.value;

/** The fractional seconds of MySQL 5.6's temporal types: two digits a byte, big-endian. */
final class Fractions {
  private static final int[] UNIT = {1, 10_000, 10_000, 100, 100, 1, 1};

  /** The number of bytes of a fraction of that many digits. */
  static int bytes(int digits) {
    return (digits + 1) / 2;
  }

  /** Microseconds in one unit of the last byte. */
  static int unit(int digits) {
    return UNIT[digits];
  }

  /** Reads an unsigned fraction as microseconds. */
  static int read(BinlogBytes in, int digits) {
    return digits == 0 ? 0 : (int) in.uintBig(bytes(digits)) * UNIT[digits];
  }

  private Fractions() {}
}
