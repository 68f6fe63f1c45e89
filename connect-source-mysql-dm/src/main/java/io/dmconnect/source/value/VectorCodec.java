package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;
import java.util.ArrayList;
import java.util.List;

/** VECTOR of MySQL 9: a list of floats; both physical forms are four little-endian bytes each. */
final class VectorCodec extends ColumnCodec {

  VectorCodec(ColumnSchema column) {
    super(column);
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.VECTOR ? LengthPrefix.size(type, meta) : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return floats(new BinlogBytes(buf, off, off + len), len);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    return floats(in, LengthPrefix.read(in, meta));
  }

  private static List<Float> floats(BinlogBytes in, int len) {
    if (len % Float.BYTES != 0) {
      throw new IllegalArgumentException("A vector of " + len + " bytes");
    }
    List<Float> values = new ArrayList<>(len / Float.BYTES);
    for (int i = 0; i < len / Float.BYTES; i++) {
      values.add(Float.intBitsToFloat(in.int32()));
    }
    return values;
  }
}
