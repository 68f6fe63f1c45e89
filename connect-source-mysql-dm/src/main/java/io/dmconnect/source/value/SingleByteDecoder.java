package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A character set of one byte a character. The mappings are MySQL's own, which differ from Java's
 * charsets of the same names: latin1 is cp1252 with its five undefined bytes as C1 controls.
 *
 * <p>{@code charsets.properties} holds the upper half of each set as the server converts it ({@code
 * CONVERT(… USING utf8mb4)}); {@code ?} stands for a byte without a mapping.
 */
final class SingleByteDecoder implements Decoder {
  private static final String TABLES = "charsets.properties";
  private static final char UNMAPPED = '\uFFFD';

  private final char[] table;

  private SingleByteDecoder(char[] table) {
    this.table = table;
  }

  /** Reads the table of a character set. */
  static SingleByteDecoder of(String charset) {
    String codes = Resources.properties(TABLES).getProperty(charset);
    if (codes == null) {
      throw new IllegalArgumentException("Unknown character set '" + charset + "'");
    }
    char[] table = new char[256];
    int start = 256 - codes.length() / 4;
    for (int i = 0; i < start; i++) {
      table[i] = (char) i;
    }
    for (int i = start; i < 256; i++) {
      int at = (i - start) * 4;
      table[i] = (char) Integer.parseInt(codes.substring(at, at + 4), 16);
    }
    return new SingleByteDecoder(table);
  }

  @Override
  public String decode(byte[] buf, int off, int len) {
    int same = identical(buf, off, len);
    if (same == len) {
      return new String(buf, off, len, ISO_8859_1);
    }
    char[] text = new char[len];
    for (int i = 0; i < len; i++) {
      char c = table[buf[off + i] & 0xff];
      if (c == UNMAPPED) {
        return null;
      }
      text[i] = c;
    }
    return new String(text);
  }

  @Override
  public String decodeLenient(byte[] buf, int off, int len) {
    char[] text = new char[len];
    for (int i = 0; i < len; i++) {
      text[i] = table[buf[off + i] & 0xff];
    }
    return new String(text);
  }

  /** The number of leading bytes that are their own code point. */
  private int identical(byte[] buf, int off, int len) {
    for (int i = 0; i < len; i++) {
      int b = buf[off + i] & 0xff;
      if (table[b] != b) {
        return i;
      }
    }
    return len;
  }
}
