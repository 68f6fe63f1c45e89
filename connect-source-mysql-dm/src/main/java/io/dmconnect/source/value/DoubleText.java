package io.dmconnect.source.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A double as MySQL prints it: the fewest digits that read back as the same number; an exponent
 * when the point would be more than 15 digits away and not between the digits (MySQL source, {@code
 * strings/dtoa.cc}, {@code my_gcvt}).
 */
final class DoubleText {
  private static final int MAX_POINT = 15;
  private static final int SIMPLE_DECIMALS = 6;

  /** The text inside a JSON document, where an integral value ends in {@code .0}. */
  static String json(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (long) value + ".0";
    }
    String simple = simple(value);
    if (simple != null) {
      return simple;
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String text =
        point < 1 - MAX_POINT || (point > MAX_POINT && point >= digits.length())
            ? exponential(digits, point)
            : positional(digits, point);
    return value < 0 ? "-" + text : text;
  }

  /**
   * The text of a number with few decimals; null for others. A quotient of two integers below 2^53
   * is rounded as its decimal text is, and fifteen digits tell any two decimals apart, so that the
   * first scale that gives the number back is the shortest text.
   */
  private static String simple(double value) {
    double magnitude = Math.abs(value);
    if (magnitude < 1e-3 || magnitude >= 1e9) {
      return null;
    }
    long scale = 10;
    for (int digits = 1; digits <= SIMPLE_DECIMALS; digits++) {
      long scaled = Math.round(magnitude * scale);
      if ((double) scaled / scale == magnitude) {
        String fraction = Long.toString(scale + scaled % scale).substring(1);
        return (value < 0 ? "-" : "") + scaled / scale + "." + fraction;
      }
      scale *= 10;
    }
    return null;
  }

  private static String exponential(String digits, int point) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + "e" + (point - 1);
  }

  private static String positional(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  /**
   * The shortest decimal that reads back, without trailing zeros; of several the closest. Java's
   * own conversion before version 19 sometimes gives a digit too many.
   */
  private static BigDecimal shortest(double value) {
    BigDecimal best = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal exactly = new BigDecimal(value);
    best = closest(exactly, value, best.precision(), best);
    for (int precision = best.precision() - 1; precision > 0; precision--) {
      BigDecimal shorter = closest(exactly, value, precision, null);
      if (shorter == null) {
        break;
      }
      best = shorter;
    }
    return best.stripTrailingZeros();
  }

  /** The closest decimal of that precision that reads back as the value. */
  private static BigDecimal closest(
      BigDecimal exactly, double value, int precision, BigDecimal otherwise) {
    BigDecimal nearest = exactly.round(new MathContext(precision, RoundingMode.HALF_EVEN));
    if (nearest.doubleValue() == value) {
      return nearest;
    }
    // next to a power of two the gaps differ, so that only the decimal farther away may read back
    boolean up = nearest.compareTo(exactly) < 0;
    BigDecimal other =
        exactly.round(new MathContext(precision, up ? RoundingMode.UP : RoundingMode.DOWN));
    return other.doubleValue() == value ? other : otherwise;
  }

  private DoubleText() {}
}
