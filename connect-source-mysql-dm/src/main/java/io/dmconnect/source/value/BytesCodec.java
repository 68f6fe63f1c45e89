package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;

/** BINARY, VARBINARY and BLOB. Row images leave out trailing zeros of BINARY; they are put back. */
final class BytesCodec extends ColumnCodec {
  private final StringKind kind;
  private final int padded;

  BytesCodec(ColumnSchema column, StringKind kind) {
    super(column);
    this.kind = kind;
    this.padded = kind == StringKind.FIXED ? Math.max(column.type().length(), 1) : 0;
  }

  @Override
  public int bind(int type, int meta) {
    return kind.fits(type) ? LengthPrefix.size(type, meta) : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return copy(buf, off, len);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta);
    return copy(in.array(), in.advance(length), length);
  }

  private byte[] copy(byte[] buf, int off, int len) {
    byte[] value = new byte[Math.max(len, padded)];
    System.arraycopy(buf, off, value, 0, len);
    return value;
  }
}
