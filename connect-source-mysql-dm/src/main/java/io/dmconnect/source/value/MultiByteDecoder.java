package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Properties;

/**
 * A multi-byte character set of East Asia: Java's charset, corrected where MySQL maps otherwise.
 * {@code multibyte.properties} lists those characters.
 */
final class MultiByteDecoder implements Decoder {
  private static final String TABLES = "multibyte.properties";
  private static final int NOT_CORRECTED = -2;
  private static final int UNMAPPED = -1;
  private static final char REPLACEMENT = '\uFFFD';

  private final Charset charset;
  private final String name;
  private final int[] first;
  private final int[] last;
  private final int[] codePoint;

  private MultiByteDecoder(String name, String[] definition) {
    this.name = name;
    this.charset = Charset.forName(definition[0]);
    int runs = definition.length - 1;
    this.first = new int[runs];
    this.last = new int[runs];
    this.codePoint = new int[runs];
    for (int i = 0; i < runs; i++) {
      String run = definition[i + 1];
      int colon = run.indexOf(':');
      int dash = run.indexOf('-');
      int end = dash >= 0 && dash < colon ? dash : colon;
      first[i] = Integer.parseUnsignedInt(run.substring(0, end), 16);
      last[i] = end == colon ? first[i] : Integer.parseUnsignedInt(run, end + 1, colon, 16);
      boolean unmapped = run.charAt(colon + 1) == '-';
      codePoint[i] = unmapped ? UNMAPPED : Integer.parseInt(run, colon + 1, run.length(), 16);
    }
  }

  /** The decoder of a character set; null when it is not one of these. */
  static MultiByteDecoder of(String name) {
    Properties tables = Resources.properties(TABLES);
    String definition = tables.getProperty(name);
    return definition == null ? null : new MultiByteDecoder(name, definition.split(" +"));
  }

  @Override
  public String decode(byte[] buf, int off, int len) {
    if (JavaDecoder.isAscii(buf, off, len)) {
      return new String(buf, off, len, ISO_8859_1);
    }
    return decode(buf, off, len, false);
  }

  @Override
  public String decodeLenient(byte[] buf, int off, int len) {
    return decode(buf, off, len, true);
  }

  /** Decodes what lies between corrected characters with Java's charset. */
  private String decode(byte[] buf, int off, int len, boolean lenient) {
    StringBuilder text = new StringBuilder(len);
    int end = off + len;
    int decoded = off;
    int i = off;
    while (i < end) {
      int length = Math.min(length(buf, i, end), end - i);
      int corrected = buf[i] >= 0 ? NOT_CORRECTED : corrected(buf, i, length);
      if (corrected != NOT_CORRECTED) {
        if ((corrected == UNMAPPED && !lenient)
            || !plain(buf, decoded, i - decoded, lenient, text)) {
          return null;
        }
        text.appendCodePoint(corrected == UNMAPPED ? REPLACEMENT : corrected);
        decoded = i + length;
      }
      i += length;
    }
    return plain(buf, decoded, end - decoded, lenient, text) ? text.toString() : null;
  }

  private boolean plain(byte[] buf, int off, int len, boolean lenient, StringBuilder text) {
    if (len == 0) {
      return true;
    }
    CodingErrorAction action = lenient ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
    try {
      text.append(
          charset
              .newDecoder()
              .onMalformedInput(action)
              .onUnmappableCharacter(action)
              .decode(ByteBuffer.wrap(buf, off, len)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The number of bytes of the character that starts there. */
  private int length(byte[] buf, int i, int end) {
    int b = buf[i] & 0xff;
    if (b < 0x80) {
      return 1;
    }
    return switch (name) {
      case "sjis", "cp932" -> b >= 0xa1 && b <= 0xdf ? 1 : 2;
      case "ujis", "eucjpms" -> b == 0x8f ? 3 : 2;
      case "gb18030" -> i + 1 < end && buf[i + 1] >= '0' && buf[i + 1] <= '9' ? 4 : 2;
      default -> 2;
    };
  }

  private int corrected(byte[] buf, int off, int length) {
    int code = 0;
    for (int i = off; i < off + length; i++) {
      code = code << 8 | (buf[i] & 0xff);
    }
    for (int run = 0; run < first.length; run++) {
      if (Integer.compareUnsigned(code, first[run]) >= 0
          && Integer.compareUnsigned(code, last[run]) <= 0) {
        return codePoint[run] == UNMAPPED ? UNMAPPED : codePoint[run] + code - first[run];
      }
    }
    return NOT_CORRECTED;
  }
}
