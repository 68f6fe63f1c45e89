package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dates and times as the server prints them, from the forms it takes (MySQL manual, "Date and Time
 * Literals"). Null for text in another form.
 */
final class TemporalText {
  private static final int CENTURY_PIVOT = 70;
  private static final long MICROS = 1_000_000;

  private TemporalText() {}

  /** A date, or a date and time with as many fraction digits as the type has. */
  static String dateTime(String text, ColumnType type, boolean rounds) {
    List<Integer> parts = new ArrayList<>(6);
    String fraction = split(text.equals("0") ? "00000000" : text.trim(), parts);
    if (fraction == null || parts.size() < 3) {
      return null;
    }
    while (parts.size() < 6) {
      parts.add(0);
    }
    String date =
        String.format(Locale.ROOT, "%04d-%02d-%02d", parts.get(0), parts.get(1), parts.get(2));
    if (type.name().equals("date")) {
      return date;
    }
    long micros = micros(fraction, type.length(), rounds);
    if (micros >= MICROS) {
      return carried(parts, type.length());
    }
    return date
        + String.format(Locale.ROOT, " %02d:%02d:%02d", parts.get(3), parts.get(4), parts.get(5))
        + fractionText(micros, type.length());
  }

  private static String carried(List<Integer> parts, int digits) {
    try {
      LocalDateTime next =
          LocalDateTime.of(
                  parts.get(0),
                  parts.get(1),
                  parts.get(2),
                  parts.get(3),
                  parts.get(4),
                  parts.get(5))
              .plusSeconds(1);
      return String.format(
              Locale.ROOT,
              "%04d-%02d-%02d %02d:%02d:%02d",
              next.getYear(),
              next.getMonthValue(),
              next.getDayOfMonth(),
              next.getHour(),
              next.getMinute(),
              next.getSecond())
          + fractionText(0, digits);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Fills in year to second; gives the digits behind the second's point, null for other text. */
  private static String split(String text, List<Integer> parts) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    String fraction = "";
    String rest = text;
    if (digits == text.length() || (digits >= 5 && text.charAt(digits) == '.')) {
      rest = packed(text.substring(0, digits));
      fraction = digits == text.length() ? "" : text.substring(digits + 1);
      if (rest == null) {
        return null;
      }
    }

    int at = 0;
    while (at < rest.length() && parts.size() < 6) {
      int start = at;
      while (at < rest.length() && isDigit(rest.charAt(at)) && at - start < 4) {
        at++;
      }
      if (at == start) {
        return null;
      }
      int value = Integer.parseInt(rest.substring(start, at));
      parts.add(parts.isEmpty() && at - start <= 2 ? fullYear(value) : value);
      boolean point = at < rest.length() && rest.charAt(at) == '.' && parts.size() == 6;
      if (point) {
        fraction = rest.substring(at + 1);
        at = rest.length();
      }
      while (at < rest.length() && !isDigit(rest.charAt(at))) {
        at++;
      }
    }
    return fraction.chars().allMatch(c -> isDigit((char) c)) ? fraction : null;
  }

  /** Digits without separators, with separators put in. */
  private static String packed(String digits) {
    String padded = digits.length() == 5 || digits.length() == 7 ? "0" + digits : digits;
    int yearDigits = padded.length() == 8 || padded.length() == 14 ? 4 : 2;
    if (padded.length() != 6
        && padded.length() != 8
        && padded.length() != 12
        && padded.length() != 14) {
      return null;
    }
    StringBuilder separated = new StringBuilder(padded.substring(0, yearDigits));
    for (int i = yearDigits; i < padded.length(); i += 2) {
      separated.append('-').append(padded, i, i + 2);
    }
    return separated.toString();
  }

  private static int fullYear(int year) {
    return year < CENTURY_PIVOT ? year + 2000 : year + 1900;
  }

  /** A time with as many fraction digits as the type has. */
  static String time(String text, ColumnType type, boolean rounds) {
    String trimmed = text.trim();
    boolean negative = trimmed.startsWith("-");
    String unsigned = negative ? trimmed.substring(1) : trimmed;
    int point = unsigned.indexOf('.');
    String fraction = point < 0 ? "" : unsigned.substring(point + 1);
    String whole = point < 0 ? unsigned : unsigned.substring(0, point);
    int space = whole.indexOf(' ');
    try {
      long days = space < 0 ? 0 : Long.parseLong(whole.substring(0, space).trim());
      String clock = space < 0 ? whole : whole.substring(space + 1).trim();
      long seconds = days * 86_400 + seconds(clock, space >= 0);
      long micros = micros(fraction, type.length(), rounds);
      seconds += micros / MICROS;
      return (negative && (seconds > 0 || micros > 0) ? "-" : "")
          + String.format(
              Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
          + fractionText(micros % MICROS, type.length());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static long seconds(String clock, boolean afterDays) {
    String[] parts = clock.split(":", -1);
    if (parts.length == 1 && !afterDays) {
      long packed = Long.parseLong(clock);
      return packed / 10_000 * 3600 + packed / 100 % 100 * 60 + packed % 100;
    }
    long seconds = Long.parseLong(parts[0]) * 3600;
    seconds += parts.length > 1 ? Long.parseLong(parts[1]) * 60 : 0;
    return seconds + (parts.length > 2 ? Long.parseLong(parts[2]) : 0);
  }

  /** A year in four digits; a number 0 is 0000, a string '0' is 2000. */
  static String year(String text, boolean isString) {
    try {
      int year = new BigDecimal(text.trim()).setScale(0, RoundingMode.HALF_UP).intValueExact();
      boolean short2 = year < 100 && text.trim().length() <= 2 && (year > 0 || isString);
      return String.format(Locale.ROOT, "%04d", short2 ? fullYear(year) : year);
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static long micros(String fraction, int digits, boolean rounds) {
    if (fraction.isEmpty()) {
      return 0;
    }
    return new BigDecimal("0." + fraction)
        .setScale(Math.max(digits, 0), rounds ? RoundingMode.HALF_UP : RoundingMode.DOWN)
        .movePointRight(6)
        .longValueExact();
  }

  private static String fractionText(long micros, int digits) {
    if (digits <= 0) {
      return "";
    }
    return "." + String.format(Locale.ROOT, "%06d", micros).substring(0, digits);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
