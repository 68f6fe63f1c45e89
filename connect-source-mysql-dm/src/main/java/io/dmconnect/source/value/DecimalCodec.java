package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;
import java.math.BigDecimal;

/** DECIMAL: Connect's Decimal with the column's scale. */
final class DecimalCodec extends ColumnCodec {
  private static final int LONG_TEXT = 18;

  private final int precision;
  private final int scale;
  private final int length;

  DecimalCodec(ColumnSchema column) {
    super(column);
    this.precision = column.type().length() < 0 ? 10 : column.type().length();
    this.scale = Math.max(column.type().scale(), 0);
    this.length = PackedDecimal.length(precision, scale);
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.NEWDECIMAL && meta == (precision << 8 | scale) ? 0 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    if (len > LONG_TEXT) {
      return new BigDecimal(TextNumbers.ascii(buf, off, len));
    }
    int p = off;
    int end = off + len;
    boolean negative = buf[p] == '-';
    if (negative) {
      p++;
    }
    long unscaled = 0;
    int point = end - 1;
    for (; p < end; p++) {
      int digit = buf[p] - '0';
      if (digit >= 0 && digit <= 9) {
        unscaled = unscaled * 10 + digit;
      } else if (buf[p] == '.') {
        point = p;
      } else {
        throw TextNumbers.malformed("a decimal", buf, off, len);
      }
    }
    return BigDecimal.valueOf(negative ? -unscaled : unscaled, end - 1 - point);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    return PackedDecimal.decode(in.array(), in.advance(length), precision, scale);
  }
}
