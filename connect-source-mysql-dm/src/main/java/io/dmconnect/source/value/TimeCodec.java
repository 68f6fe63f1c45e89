package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** TIME: signed microseconds, up to 838 hours. */
final class TimeCodec extends ColumnCodec {
  private static final int OLD_FORMAT = 8;

  private final int digits;

  TimeCodec(ColumnSchema column) {
    super(column);
    this.digits = Math.max(column.type().length(), 0);
  }

  @Override
  public int bind(int type, int meta) {
    if (type == BinlogType.TIME2) {
      return meta == digits ? digits : -1;
    }
    return type == BinlogType.TIME && digits == 0 ? OLD_FORMAT : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    boolean negative = len > 0 && buf[off] == '-';
    int start = negative ? off + 1 : off;
    int end = off + len;
    int colon = start;
    while (colon < end && buf[colon] != ':') {
      colon++;
    }
    if (end - colon < 6) {
      throw TextNumbers.malformed("a time", buf, off, len);
    }
    TextNumbers.separator(buf, colon + 3, ':');
    int fraction = end - colon - 7;
    return micros(
        negative,
        TextNumbers.digits(buf, start, colon - start),
        TextNumbers.digits(buf, colon + 1, 2),
        TextNumbers.digits(buf, colon + 4, 2),
        fraction > 0 ? TextNumbers.micros(buf, colon + 7, fraction) : 0);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    if (meta == OLD_FORMAT) {
      int packed = in.uint24() << 8 >> 8;
      int clock = Math.abs(packed);
      return micros(packed < 0, clock / 10_000, clock / 100 % 100, clock % 100, 0);
    }
    // the sign covers seconds and fraction as one number, stored with an offset
    int fractionBytes = Fractions.bytes(meta);
    long packed = in.uintBig(3 + fractionBytes) - (0x800000L << (8 * fractionBytes));
    long magnitude = Math.abs(packed);
    int clock = (int) (magnitude >> (8 * fractionBytes));
    int fraction = (int) (magnitude & ((1L << (8 * fractionBytes)) - 1));
    return micros(
        packed < 0,
        clock >> 12 & 0x3ff,
        clock >> 6 & 63,
        clock & 63,
        fraction * Fractions.unit(meta));
  }

  private static Object micros(boolean negative, int hour, int minute, int second, int micros) {
    long value = (hour * 3600L + minute * 60L + second) * 1_000_000 + micros;
    return negative ? -value : value;
  }
}
