package io.dmconnect.sink.literal;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes texts to columns of other types, where TiDB keeps what they say. It takes others, too, and
 * changes them: {@code '007'} and {@code '7.4'} are 7 to an integer, {@code '2'} is the second
 * member of an ENUM (TiDB, {@code pkg/types/convert.go}, {@code enum.go}).
 */
final class TextWriters {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d*)");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");
  private static final Pattern DIGITS = Pattern.compile("\\s*\\d+\\s*");
  private static final Pattern YEAR = Pattern.compile("\\d{4}()");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}()");
  private static final Pattern DATE_TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");
  private static final Pattern TIME = Pattern.compile("-?\\d{2,3}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

  /** Texts for a column of integers. */
  static void integer(Object value, SqlBuffer out) {
    String text = (String) value;
    if (!INTEGER.matcher(text).matches()) {
      throw bad(text, "an integer");
    }

    out.raw(text);
  }

  /** Texts for a column of decimals that keeps so many digits after the point. */
  static CellWriter decimal(int scale) {
    return (value, out) -> {
      String text = (String) value;
      if (!DECIMAL.matcher(text).matches()) {
        throw bad(text, "a decimal");
      }

      NumberWriters.decimal(new BigDecimal(text), scale, out);
    };
  }

  /**
   * Texts for a column of dates or times.
   *
   * @param type the column's type
   * @param scale the digits of a second that it keeps
   */
  static CellWriter temporal(String type, int scale) {
    Pattern pattern =
        switch (type) {
          case "year" -> YEAR;
          case "date" -> DATE;
          case "time" -> TIME;
          default -> DATE_TIME;
        };
    return (value, out) -> {
      String text = (String) value;
      Matcher matcher = pattern.matcher(text);
      if (!matcher.matches() || digits(matcher.group(1)) > scale) {
        throw bad(text, type + (scale > 0 ? "(" + scale + ")" : ""));
      }

      out.quoted(text);
    };
  }

  private static int digits(String fraction) {
    String digits = fraction == null ? "" : fraction.replaceFirst("0+$", "");
    return Math.max(0, digits.length() - 1);
  }

  /** Texts for a column of named members. */
  static void member(Object value, SqlBuffer out) {
    String text = (String) value;
    if (DIGITS.matcher(text).matches()) {
      throw bad(text, "a member's name rather than its number");
    }

    out.quoted(text);
  }

  private static BadValueException bad(String text, String what) {
    return new BadValueException("'" + text + "' would be changed: it is not " + what);
  }

  private TextWriters() {}
}
