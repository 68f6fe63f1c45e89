package io.dmconnect.source.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * MySQL's binary DECIMAL: groups of nine digits in four bytes, big-endian, negative numbers with
 * every bit flipped and the sign bit inverted (MySQL source, {@code strings/decimal.cc}, {@code
 * decimal2bin}).
 */
final class PackedDecimal {
  private static final int[] BYTES_OF_DIGITS = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  private static final int LONG_DIGITS = 18;
  private static final long NINE_DIGITS = 1_000_000_000L;
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, NINE_DIGITS
  };

  /** The number of bytes a number of that precision and scale takes. */
  static int length(int precision, int scale) {
    int whole = precision - scale;
    return whole / 9 * 4 + BYTES_OF_DIGITS[whole % 9] + scale / 9 * 4 + BYTES_OF_DIGITS[scale % 9];
  }

  /** Decodes a number of that precision and scale; the result has exactly that scale. */
  static BigDecimal decode(byte[] buf, int off, int precision, int scale) {
    int whole = precision - scale;
    int flip = buf[off] < 0 ? 0 : -1;
    if (precision <= LONG_DIGITS) {
      return decodeLong(buf, off, whole, scale, flip);
    }
    int first = BYTES_OF_DIGITS[whole % 9];
    int p = off;
    BigInteger value = BigInteger.valueOf(group(buf, p, first, flip, off));
    p += first;
    for (int i = 0; i < whole / 9 + scale / 9; i++) {
      value = append(value, NINE_DIGITS, group(buf, p, 4, flip, off));
      p += 4;
    }
    int last = scale % 9;
    if (last > 0) {
      value = append(value, POWERS[last], group(buf, p, BYTES_OF_DIGITS[last], flip, off));
    }
    return new BigDecimal(flip == 0 ? value : value.negate(), scale);
  }

  private static BigDecimal decodeLong(byte[] buf, int off, int whole, int scale, int flip) {
    int p = off;
    int first = BYTES_OF_DIGITS[whole % 9];
    long value = group(buf, p, first, flip, off);
    p += first;
    for (int i = whole / 9 + scale / 9; i > 0; i--) {
      value = value * NINE_DIGITS + group(buf, p, 4, flip, off);
      p += 4;
    }
    int last = scale % 9;
    if (last > 0) {
      value = value * POWERS[last] + group(buf, p, BYTES_OF_DIGITS[last], flip, off);
    }
    return BigDecimal.valueOf(flip == 0 ? value : -value, scale);
  }

  private static BigInteger append(BigInteger value, long factor, long group) {
    return value.multiply(BigInteger.valueOf(factor)).add(BigInteger.valueOf(group));
  }

  /** One group of digits; the sign bit is in the number's very first byte. */
  private static long group(byte[] buf, int p, int bytes, int flip, int off) {
    long value = 0;
    for (int i = p; i < p + bytes; i++) {
      int b = (buf[i] ^ flip) & 0xff;
      value = value << 8 | (i == off ? b ^ 0x80 : b);
    }
    return value;
  }

  private PackedDecimal() {}
}
