package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** TIMESTAMP: an ISO-8601 string in UTC; the zero timestamp is an exact cell. */
final class TimestampCodec extends ColumnCodec {
  private static final int OLD_FORMAT = 8;
  private static final String EPOCH = "1970-01-01T00:00:00Z";

  private final int digits;

  TimestampCodec(ColumnSchema column) {
    super(column);
    this.digits = Math.max(column.type().length(), 0);
  }

  @Override
  public int bind(int type, int meta) {
    if (type == BinlogType.TIMESTAMP2) {
      return meta == digits ? digits : -1;
    }
    return type == BinlogType.TIMESTAMP && digits == 0 ? OLD_FORMAT : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    if (len < 19) {
      throw TextNumbers.malformed("a timestamp", buf, off, len);
    }
    int year = TextNumbers.digits(buf, off, 4);
    if (year == 0) {
      return zero(exact);
    }
    TextNumbers.separator(buf, off + 4, '-');
    TextNumbers.separator(buf, off + 10, ' ');
    TextNumbers.separator(buf, off + 13, ':');
    long day =
        Calendars.epochDay(
            year, TextNumbers.digits(buf, off + 5, 2), TextNumbers.digits(buf, off + 8, 2));
    int second =
        TextNumbers.digits(buf, off + 11, 2) * 3600
            + TextNumbers.digits(buf, off + 14, 2) * 60
            + TextNumbers.digits(buf, off + 17, 2);
    return Calendars.isoInstant(
        day * 86_400 + second, len > 19 ? TextNumbers.micros(buf, off + 20, len - 20) : 0);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    // MariaDB 11.5 and later use the whole unsigned range, up to the year 2106
    long second = meta == OLD_FORMAT ? in.uint32() : in.uintBig(4);
    int micros = meta == OLD_FORMAT ? 0 : Fractions.read(in, meta);
    return second == 0 ? zero(exact) : Calendars.isoInstant(second, micros);
  }

  private Object zero(ExactCells exact) {
    exact.put(column().name(), "'0000-00-00 " + Calendars.timeText(0, 0, 0, 0, digits) + "'");
    return column().nullable() ? null : EPOCH;
  }
}
