package io.dmconnect.source.value;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.ColumnSchema;
import java.util.List;

/**
 * ENUM: the member. A snapshot selects the index, because the error value (index 0) and a member
 * {@code ''} have the same text.
 */
final class EnumCodec extends ColumnCodec {
  private final String[] members;

  EnumCodec(ColumnSchema column) {
    super(column);
    List<String> names = column.type().members();
    this.members = names.toArray(new String[0]);
  }

  @Override
  public String snapshotExpression() {
    return "CAST(" + TableId.quote(column().name()) + " AS UNSIGNED)";
  }

  @Override
  public int bind(int type, int meta) {
    int bytes = members.length > 255 ? 2 : 1;
    return type == BinlogType.ENUM && meta == bytes ? bytes : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return member((int) TextNumbers.integer(buf, off, len), exact);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int bytes, ExactCells exact) {
    return member(bytes == 1 ? in.uint8() : in.uint16(), exact);
  }

  private Object member(int index, ExactCells exact) {
    if (index == 0) {
      exact.put(column().name(), "0");
      return "";
    }
    if (index > members.length) {
      throw new IllegalArgumentException(
          "Index " + index + " of an ENUM with " + members.length + " members");
    }
    return members[index - 1];
  }
}
