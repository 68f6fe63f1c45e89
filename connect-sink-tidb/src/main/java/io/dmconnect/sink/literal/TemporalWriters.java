package io.dmconnect.sink.literal;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Literals of dates and times; see the event contract for the units. */
final class TemporalWriters {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
  private static final int[] STEPS = {1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

  /** Days since the epoch. */
  static void date(long days, SqlBuffer out) {
    out.quote();
    calendarDate(days, out);
    out.quote();
  }

  /**
   * Microseconds since the epoch, as if UTC.
   *
   * @param digits the fraction digits that the target keeps
   */
  static void dateTime(long micros, int digits, SqlBuffer out) {
    long days = Math.floorDiv(micros, MICROS_PER_DAY);
    long rest = micros - days * MICROS_PER_DAY;
    out.quote();
    calendarDate(days, out);
    out.raw(' ');
    clock(rest, digits, out);
    out.quote();
  }

  /** A signed duration in microseconds. */
  static void time(long micros, int digits, SqlBuffer out) {
    out.quote();
    if (micros < 0) {
      out.raw('-');
    }

    clock(Math.abs(micros), digits, out);
    out.quote();
  }

  /** An ISO-8601 date and time with its offset. */
  static void zoned(String text, int digits, SqlBuffer out) {
    int length = text.length();
    boolean plain =
        length >= 20
            && length <= 27
            && text.charAt(10) == 'T'
            && text.charAt(length - 1) == 'Z'
            && (length == 20 || length - 21 <= digits);
    if (!plain) {
      OffsetDateTime utc = parse(text);
      long micros = utc.toEpochSecond() * MICROS_PER_SECOND + utc.getNano() / 1000;
      if (utc.getNano() % 1000 != 0) {
        throw rounded(text, digits);
      }

      dateTime(micros, digits, out);
      return;
    }

    out.quote();
    for (int i = 0; i < length - 1; i++) {
      char c = text.charAt(i);
      if (i == 10) {
        out.raw(' ');
      } else if ((c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.') {
        out.raw(c);
      } else {
        throw notATimestamp(text);
      }
    }

    out.quote();
  }

  private static OffsetDateTime parse(String text) {
    try {
      return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw notATimestamp(text);
    }
  }

  private static BadValueException notATimestamp(String text) {
    return new BadValueException("'" + text + "' is not an ISO-8601 timestamp");
  }

  private static BadValueException rounded(Object value, int digits) {
    return new BadValueException(
        value + " would be rounded to the target's " + digits + " fraction digits");
  }

  // The civil calendar from a day count; eras of 400 years that begin on March 1st.
  private static void calendarDate(long days, SqlBuffer out) {
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    if (year < 0 || year > 9999) {
      throw new BadValueException("the year " + year + " is outside MySQL's 0 to 9999");
    }

    out.padded((int) year, 4).raw('-').padded(month, 2).raw('-').padded(day, 2);
  }

  private static void clock(long micros, int digits, SqlBuffer out) {
    int fraction = (int) (micros % MICROS_PER_SECOND);
    int seconds = (int) (micros / MICROS_PER_SECOND);
    int hours = seconds / 3600;
    out.padded(hours, hours > 99 ? 3 : 2)
        .raw(':')
        .padded(seconds / 60 % 60, 2)
        .raw(':')
        .padded(seconds % 60, 2);
    if (fraction == 0) {
      return;
    }

    if (digits < 6 && fraction % STEPS[digits] != 0) {
      throw rounded(micros + " µs", digits);
    }

    out.raw('.').padded(fraction, 6);
  }

  private TemporalWriters() {}
}
