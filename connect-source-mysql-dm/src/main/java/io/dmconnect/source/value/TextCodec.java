package io.dmconnect.source.value;

import io.dmconnect.model.schema.ColumnSchema;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * CHAR, VARCHAR and TEXT: a string; bytes without a Unicode mapping make an exact cell.
 *
 * <p>Row images hold a CHAR without its trailing bytes 0x20, whatever the character set (MySQL
 * source, {@code Field_string::pack}), so that in UCS-2, UTF-16 and UTF-32 half of a character may
 * be missing. As a replica does, those bytes are filled up to the column's length; then the
 * trailing spaces are removed as characters, as the server does when it sends the value.
 */
final class TextCodec extends ColumnCodec {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final StringKind kind;
  private final String charset;
  private final Decoder decoder;
  private final int unitBytes;

  TextCodec(ColumnSchema column, StringKind kind, String charset) {
    super(column);
    this.kind = kind;
    this.charset = charset.toLowerCase(Locale.ROOT);
    this.decoder = Decoders.of(this.charset);
    this.unitBytes =
        switch (this.charset) {
          case "ucs2", "utf16" -> 2;
          case "utf32" -> 4;
          default -> 1;
        };
  }

  @Override
  public int bind(int type, int meta) {
    if (!kind.fits(type)) {
      return -1;
    }
    int prefix = LengthPrefix.size(type, meta);
    return kind == StringKind.FIXED && unitBytes > 1 ? meta << 3 | prefix : prefix;
  }

  @Override
  public Object fromText(byte[] buf, int off, int len, ExactCells exact) {
    return decode(buf, off, len, exact);
  }

  @Override
  public Object fromBinlog(BinlogBytes in, int meta, ExactCells exact) {
    int length = LengthPrefix.read(in, meta & 7);
    int start = in.advance(length);
    if (meta > 7) {
      return wideChar(in.array(), start, length, meta >> 3, exact);
    }
    return decode(in.array(), start, length, exact);
  }

  private Object wideChar(byte[] buf, int off, int len, int fullLength, ExactCells exact) {
    byte[] full = Arrays.copyOfRange(buf, off, off + len);
    full = Arrays.copyOf(full, Math.max(len, fullLength));
    Arrays.fill(full, len, full.length, (byte) ' ');
    int end = full.length;
    while (end >= unitBytes && isSpace(full, end)) {
      end -= unitBytes;
    }
    return decode(full, 0, end, exact);
  }

  private boolean isSpace(byte[] buf, int end) {
    for (int i = end - unitBytes; i < end - 1; i++) {
      if (buf[i] != 0) {
        return false;
      }
    }
    return buf[end - 1] == ' ';
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
