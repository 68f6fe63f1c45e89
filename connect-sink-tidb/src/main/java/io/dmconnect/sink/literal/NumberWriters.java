package io.dmconnect.sink.literal;

import java.math.BigDecimal;

/** Literals of numbers. */
final class NumberWriters {
  private static final int LONG_DIGITS = 18;

  /**
   * A floating point number, such that it reads back as the same double. A float is written as the
   * double of its exact value, so that it is the same float again and compares equal to the stored
   * one.
   */
  static void floating(double value, SqlBuffer out) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new BadValueException(value + " is not a number MySQL can hold");
    }

    String text = Double.toString(value);
    out.raw(text);
    if (text.indexOf('E') < 0) {
      // Without an exponent the literal would be a DECIMAL.
      out.raw('e').raw('0');
    }
  }

  /** A floating point number for a column of integers. */
  static void whole(double value, SqlBuffer out) {
    if (value != Math.rint(value)) {
      throw new BadValueException(value + " would be rounded: the target column holds integers");
    }

    floating(value, out);
  }

  /**
   * A number for a column of floating point numbers, which has to show it again: digits that it
   * does not keep would be lost.
   *
   * @param type {@code float} or {@code double}
   */
  static void nearest(BigDecimal value, String type, SqlBuffer out) {
    String shown =
        type.equals("float")
            ? Float.toString(value.floatValue())
            : Double.toString(value.doubleValue());
    boolean finite = Character.isDigit(shown.charAt(shown.length() - 1));
    if (!finite || new BigDecimal(shown).compareTo(value) != 0) {
      throw new BadValueException(
          value.toPlainString() + " would be rounded to the target's type " + type);
    }

    out.raw(value.toPlainString());
  }

  /**
   * An exact decimal.
   *
   * @param scale the digits after the point that the target keeps; -1 when it keeps all
   */
  static void decimal(BigDecimal value, int scale, SqlBuffer out) {
    BigDecimal exact = value;
    if (scale >= 0 && value.scale() > scale) {
      exact = value.stripTrailingZeros();
      if (exact.scale() > scale) {
        throw new BadValueException(
            value.toPlainString() + " would be rounded to the target's scale of " + scale);
      }
    }

    int digits = exact.scale();
    if (digits < 0 || exact.precision() > LONG_DIGITS || digits >= LONG_DIGITS) {
      out.raw(exact.toPlainString());
      return;
    }

    compact(exact.unscaledValue().longValue(), digits, out);
  }

  private static void compact(long unscaled, int digits, SqlBuffer out) {
    if (digits == 0) {
      out.number(unscaled);
      return;
    }

    if (unscaled < 0) {
      out.raw('-');
    }

    long magnitude = Math.abs(unscaled);
    long unit = 1;
    for (int i = 0; i < digits; i++) {
      unit *= 10;
    }

    out.number(magnitude / unit).raw('.');
    long fraction = magnitude % unit;
    for (long place = unit / 10; place > fraction && place > 1; place /= 10) {
      out.raw('0');
    }

    out.number(fraction);
  }

  /** The number that a bit string of little-endian bytes stands for. */
  static void bits(byte[] littleEndian, SqlBuffer out) {
    long value = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      if (i >= Long.BYTES && littleEndian[i] != 0) {
        throw new BadValueException("the bit string has more than 64 bits");
      }

      value = (value << 8) | (littleEndian[i] & 0xFF);
    }

    unsigned(value, out);
  }

  /** A 64-bit number without sign. */
  static void unsigned(long value, SqlBuffer out) {
    if (value >= 0) {
      out.number(value);
    } else {
      out.raw(Long.toUnsignedString(value));
    }
  }

  private NumberWriters() {}
}
