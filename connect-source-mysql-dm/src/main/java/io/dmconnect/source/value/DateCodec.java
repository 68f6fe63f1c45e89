package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** DATE: days since the epoch; days no calendar has are exact cells. */
final class DateCodec extends ColumnCodec {

  DateCodec(ColumnSchema column) {
    super(column);
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.DATE ? 0 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    if (len != 10) {
      throw TextNumbers.malformed("a date", buf, off, len);
    }
    TextNumbers.separator(buf, off + 4, '-');
    TextNumbers.separator(buf, off + 7, '-');
    return value(
        TextNumbers.digits(buf, off, 4),
        TextNumbers.digits(buf, off + 5, 2),
        TextNumbers.digits(buf, off + 8, 2),
        exact);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int packed = in.uint24();
    return value(packed >> 9, packed >> 5 & 15, packed & 31, exact);
  }

  private Object value(int year, int month, int day, ExactCells exact) {
    if (Calendars.exists(year, month, day)) {
      return Calendars.epochDay(year, month, day);
    }
    exact.put(column().name(), "'" + Calendars.dateText(year, month, day) + "'");
    return column().nullable() ? null : (Object) 0;
  }
}
