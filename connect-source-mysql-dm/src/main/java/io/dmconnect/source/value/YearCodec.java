package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** YEAR: 1901 to 2155, and 0. */
final class YearCodec extends ColumnCodec {

  YearCodec(ColumnSchema column) {
    super(column);
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.YEAR ? 0 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return (int) TextNumbers.integer(buf, off, len);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int offset = in.uint8();
    return offset == 0 ? 0 : 1900 + offset;
  }
}
