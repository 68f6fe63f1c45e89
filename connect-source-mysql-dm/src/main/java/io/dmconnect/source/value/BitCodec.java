package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** BIT: boolean for one bit, else little-endian bytes; both physical forms are big-endian. */
final class BitCodec extends ColumnCodec {
  private final int bits;
  private final int bytes;

  BitCodec(ColumnSchema column) {
    super(column);
    this.bits = Math.max(column.type().length(), 1);
    this.bytes = (bits + 7) / 8;
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.BIT && meta == bits ? 0 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    if (len > bytes) {
      throw new IllegalArgumentException(len + " bytes for BIT(" + bits + ")");
    }
    return value(buf, off, len);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    return value(in.array(), in.advance(bytes), bytes);
  }

  private Object value(byte[] buf, int off, int len) {
    if (bits == 1) {
      return buf[off] != 0;
    }
    byte[] reversed = new byte[bytes];
    for (int i = 0; i < len; i++) {
      reversed[i] = buf[off + len - 1 - i];
    }
    return reversed;
  }
}
