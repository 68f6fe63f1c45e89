package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** BIGINT UNSIGNED: int64; values over 2^63-1 wrap and are exact cells. */
final class UnsignedBigintCodec extends ColumnCodec {

  UnsignedBigintCodec(ColumnSchema column) {
    super(column);
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.LONGLONG ? 0 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return checked(TextNumbers.integer(buf, off, len), exact);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    return checked(in.int64(), exact);
  }

  private Object checked(long value, ExactCells exact) {
    if (value < 0) {
      exact.put(column().name(), Long.toUnsignedString(value));
    }
    return value;
  }
}
