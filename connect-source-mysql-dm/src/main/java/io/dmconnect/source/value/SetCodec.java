package io.dmconnect.source.value;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;

/** SET: the members that are in it, in the type's order, with commas between. */
final class SetCodec extends ColumnCodec {
  private final String[] members;

  SetCodec(ColumnSchema column) {
    super(column);
    this.members = column.type().members().toArray(new String[0]);
  }

  @Override
  public String snapshotExpression() {
    return "CAST(" + TableId.quote(column().name()) + " AS UNSIGNED)";
  }

  @Override
  public int bind(int type, int meta) {
    int bytes = (members.length + 7) / 8;
    return type == BinlogType.SET && meta == (bytes > 4 ? 8 : bytes) ? meta : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return text(TextNumbers.integer(buf, off, len));
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int bytes, ExactCells exact) {
    return text(in.uintLittle(bytes));
  }

  private String text(long bits) {
    if (bits == 0) {
      return "";
    }
    if (64 - Long.numberOfLeadingZeros(bits) > members.length) {
      throw new IllegalArgumentException(
          "Bits " + Long.toHexString(bits) + " of a SET with " + members.length + " members");
    }
    if ((bits & bits - 1) == 0) {
      return members[Long.numberOfTrailingZeros(bits)];
    }
    StringBuilder text = new StringBuilder();
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      if (text.length() > 0) {
        text.append(',');
      }
      text.append(members[Long.numberOfTrailingZeros(rest)]);
    }
    return text.toString();
  }
}
