package io.dmconnect.source.value;

import java.nio.charset.StandardCharsets;

/** Date arithmetic in the proleptic Gregorian calendar, and the text of MySQL's temporal types. */
final class Calendars {
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Whether such a day exists. */
  static boolean exists(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]) {
      return false;
    }
    return month != 2 || day < 29 || isLeap(year);
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days since 1970-01-01 of an existing day, years 0 to 9999. */
  static int epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** ISO-8601 in UTC; trailing zeros of the fraction are left out. */
  static String isoInstant(long epochSecond, int micros) {
    int epochDay = (int) Math.floorDiv(epochSecond, 86_400L);
    int second = (int) (epochSecond - epochDay * 86_400L);
    int z = epochDay + 719_468;
    int era = Math.floorDiv(z, 146_097);
    int dayOfEra = z - era * 146_097;
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shifted = (5 * dayOfYear + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    byte[] text = new byte[27];
    put(text, 0, 4, yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
    text[4] = '-';
    put(text, 5, 2, month);
    text[7] = '-';
    put(text, 8, 2, dayOfYear - (153 * shifted + 2) / 5 + 1);
    text[10] = 'T';
    put(text, 11, 2, second / 3600);
    text[13] = ':';
    put(text, 14, 2, second / 60 % 60);
    text[16] = ':';
    put(text, 17, 2, second % 60);
    int length = 19;
    if (micros != 0) {
      text[19] = '.';
      put(text, 20, 6, micros);
      length = 26;
      while (text[length - 1] == '0') {
        length--;
      }
    }
    text[length] = 'Z';
    return new String(text, 0, length + 1, StandardCharsets.ISO_8859_1);
  }

  /** {@code YYYY-MM-DD}. */
  static String dateText(int year, int month, int day) {
    byte[] text = new byte[10];
    put(text, 0, 4, year);
    text[4] = '-';
    put(text, 5, 2, month);
    text[7] = '-';
    put(text, 8, 2, day);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** {@code hh:mm:ss} with that many digits of the fraction. */
  static String timeText(int hour, int minute, int second, int micros, int digits) {
    StringBuilder text = new StringBuilder(16);
    pad(text, hour, 2);
    pad(text.append(':'), minute, 2);
    pad(text.append(':'), second, 2);
    if (digits > 0) {
      text.append('.');
      pad(text, micros, 6);
      text.setLength(text.length() - 6 + digits);
    }
    return text.toString();
  }

  private static void pad(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    text.append(digits);
  }

  private static void put(byte[] text, int off, int width, int value) {
    int rest = value;
    for (int i = off + width - 1; i >= off; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private Calendars() {}
}
