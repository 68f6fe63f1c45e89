package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dmconnect.model.schema.ColumnSchema;

/**
 * JSON: the server's own text form; but the line breaks that MySQL 5.7 leaves in base64 are
 * escaped, without which the text is no JSON.
 */
final class JsonCodec extends ColumnCodec {

  private final boolean oldJson;

  JsonCodec(ColumnSchema column, boolean oldJson) {
    super(column);
    this.oldJson = oldJson;
  }

  @Override
  public int bind(int type, int meta) {
    return type == BinlogType.JSON ? LengthPrefix.size(type, meta) : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    String text = new String(buf, off, len, UTF_8);
    return oldJson ? text.replace("\n", "\\n") : text;
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta);
    return JsonBinary.toText(in.array(), in.advance(length), length, oldJson);
  }
}
