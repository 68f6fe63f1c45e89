package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dmconnect.model.schema.ColumnSchema;

/** JSON: the server's own text form. */
final class JsonCodec extends ColumnCodec {

  JsonCodec(ColumnSchema column) {
    super(column);
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.JSON ? LengthPrefix.size(type, meta) : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return new String(buf, off, len, UTF_8);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta);
    return JsonBinary.toText(in.array(), in.advance(length), length);
  }
}
