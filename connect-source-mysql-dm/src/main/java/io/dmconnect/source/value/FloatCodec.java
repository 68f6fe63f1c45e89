package io.dmconnect.source.value;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;

/**
 * FLOAT and DOUBLE.
 *
 * <p>The text of a FLOAT has six significant digits, and that of a type with a stated scale is
 * rounded to it. {@code col * 1e0} is a DOUBLE without a scale, whose text gives back every bit,
 * the sign of zero included.
 */
final class FloatCodec extends ColumnCodec {
  private final boolean single;

  FloatCodec(ColumnSchema column, boolean single) {
    super(column);
    this.single = single;
  }

  @Override
  public String snapshotExpression() {
    return "(" + TableId.quote(column().name()) + " * 1e0)";
  }

  @Override
  public int bind(int type, int meta) {
    return type == (single ? BinlogType.FLOAT : BinlogType.DOUBLE) ? 0 : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    double value = Double.parseDouble(TextNumbers.ascii(buf, off, len));
    return single ? (Object) (float) value : (Object) value;
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    return single
        ? (Object) Float.intBitsToFloat(in.int32())
        : (Object) Double.longBitsToDouble(in.int64());
  }
}
