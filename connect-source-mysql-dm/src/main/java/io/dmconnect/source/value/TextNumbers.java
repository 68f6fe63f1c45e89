package io.dmconnect.source.value;

import java.nio.charset.StandardCharsets;

/** Reads the numbers MySQL's text protocol writes. */
final class TextNumbers {

  /** A decimal integer, optional sign; values over 2^63-1 wrap as two's complement. */
  static long integer(byte[] buf, int off, int len) {
    int p = off;
    int end = off + len;
    boolean negative = len > 0 && buf[p] == '-';
    if (negative) {
      p++;
    }
    if (p == end) {
      throw malformed("a number", buf, off, len);
    }
    long value = 0;
    for (; p < end; p++) {
      int digit = buf[p] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed("a number", buf, off, len);
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** A run of digits. */
  static int digits(byte[] buf, int off, int count) {
    int value = 0;
    for (int p = off; p < off + count; p++) {
      int digit = buf[p] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed("digits", buf, off, count);
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Fractional digits, scaled to microseconds; 0 for none. */
  static int micros(byte[] buf, int off, int count) {
    if (count < 0 || count > 6) {
      throw malformed("fractional seconds", buf, off, Math.max(count, 0));
    }
    int value = digits(buf, off, count);
    for (int i = count; i < 6; i++) {
      value *= 10;
    }
    return value;
  }

  /** Throws unless the byte is the separator. */
  static void separator(byte[] buf, int off, char expected) {
    if (buf[off] != expected) {
      throw new IllegalArgumentException("No '" + expected + "' where one is expected");
    }
  }

  /** A short ASCII text. */
  static String ascii(byte[] buf, int off, int len) {
    return new String(buf, off, len, StandardCharsets.ISO_8859_1);
  }

  static IllegalArgumentException malformed(String what, byte[] buf, int off, int len) {
    return new IllegalArgumentException(
        "Not " + what + ": '" + ascii(buf, off, Math.min(len, 64)) + "'");
  }

  private TextNumbers() {}
}
