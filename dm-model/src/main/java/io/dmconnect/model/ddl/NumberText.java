package io.dmconnect.model.ddl;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating point numbers as the server prints them ({@code my_gcvt} in MySQL's dtoa.cc). */
final class NumberText {
  private static final int MAX_POINT_POSITION = 15;
  private static final int FLOAT_DIGITS = 6;

  private NumberText() {}

  static String ofDouble(BigDecimal value) {
    return format(new BigDecimal(Double.toString(value.doubleValue())));
  }

  static String ofFloat(BigDecimal value) {
    BigDecimal stored = new BigDecimal(value.floatValue());
    return format(stored.round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN)));
  }

  private static String format(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    String digits = stripped.unscaledValue().abs().toString();
    int point = digits.length() - stripped.scale();
    if (point <= MAX_POINT_POSITION && point > -MAX_POINT_POSITION) {
      return stripped.toPlainString();
    }
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value.signum() < 0 ? "-" : "") + mantissa + "e" + (point - 1);
  }
}
