package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;
import java.util.HexFormat;
import java.util.Locale;

/**
 * CHAR, VARCHAR and TEXT: a string; bytes without a Unicode mapping make an exact cell. Both
 * physical forms of a CHAR come without its trailing spaces.
 */
final class TextCodec extends ColumnCodec {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final StringKind kind;
  private final String charset;
  private final Decoder decoder;

  TextCodec(ColumnSchema column, StringKind kind, String charset) {
    super(column);
    this.kind = kind;
    this.charset = charset.toLowerCase(Locale.ROOT);
    this.decoder = Decoders.of(this.charset);
  }

  @Override
  public int bind(int type, int meta) {
    return kind.fits(type) ? LengthPrefix.size(type, meta) : -1;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return decode(buf, off, len, exact);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta);
    return decode(in.array(), in.advance(length), length, exact);
  }

  private Object decode(byte[] buf, int off, int len, ExactCells exact) {
    String text = decoder.decode(buf, off, len);
    if (text != null) {
      return text;
    }
    exact.put(column().name(), "_" + charset + " 0x" + HEX.formatHex(buf, off, off + len));
    return decoder.decodeLenient(buf, off, len);
  }
}
