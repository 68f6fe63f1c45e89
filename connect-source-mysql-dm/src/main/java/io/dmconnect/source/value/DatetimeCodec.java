package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/**
 * DATETIME: milliseconds (up to three fractional digits) or microseconds since the epoch, as if the
 * value were UTC; days no calendar has are exact cells.
 */
final class DatetimeCodec extends ColumnCodec {
  private static final int OLD_FORMAT = 8;

  private final int digits;

  DatetimeCodec(ColumnSchema column) {
    super(column);
    this.digits = Math.max(column.type().length(), 0);
  }

  @Override
  public int bind(int type, int meta) {
    if (type == BinlogType.DATETIME2) {
      return meta == digits ? digits : -1;
    }
    return type == BinlogType.DATETIME && digits == 0 ? OLD_FORMAT : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    if (len < 19) {
      throw TextNumbers.malformed("a date and time", buf, off, len);
    }
    TextNumbers.separator(buf, off + 4, '-');
    TextNumbers.separator(buf, off + 10, ' ');
    TextNumbers.separator(buf, off + 13, ':');
    return value(
        TextNumbers.digits(buf, off, 4),
        TextNumbers.digits(buf, off + 5, 2),
        TextNumbers.digits(buf, off + 8, 2),
        TextNumbers.digits(buf, off + 11, 2),
        TextNumbers.digits(buf, off + 14, 2),
        TextNumbers.digits(buf, off + 17, 2),
        len > 19 ? TextNumbers.micros(buf, off + 20, len - 20) : 0,
        exact);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    if (meta == OLD_FORMAT) {
      long packed = in.int64();
      int date = (int) (packed / 1_000_000);
      int time = (int) (packed % 1_000_000);
      return value(
          date / 10_000,
          date / 100 % 100,
          date % 100,
          time / 10_000,
          time / 100 % 100,
          time % 100,
          0,
          exact);
    }
    long packed = in.uintBig(5);
    int yearMonth = (int) (packed >> 22) & 0x1ffff;
    int clock = (int) packed & 0x3fffff;
    return value(
        yearMonth / 13,
        yearMonth % 13,
        clock >> 17,
        clock >> 12 & 31,
        clock >> 6 & 63,
        clock & 63,
        Fractions.read(in, meta),
        exact);
  }

  private Object value(
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micros,
      ExactCells exact) {
    if (Calendars.exists(year, month, day)) {
      long seconds =
          Calendars.epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
      return digits <= 3 ? seconds * 1_000 + micros / 1_000 : seconds * 1_000_000 + micros;
    }
    exact.put(
        column().name(),
        "'"
            + Calendars.dateText(year, month, day)
            + " "
            + Calendars.timeText(hour, minute, second, micros, digits)
            + "'");
    return column().nullable() ? null : (Object) 0L;
  }
}
