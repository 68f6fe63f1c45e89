package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** utf8mb4 and utf8mb3. */
final class Utf8Decoder implements Decoder {

  @Override
  public String decode(byte[] buf, int off, int len) {
    String text = new String(buf, off, len, UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(buf, off, len);
  }

  @Override
  public String decodeLenient(byte[] buf, int off, int len) {
    return new String(buf, off, len, UTF_8);
  }

  /** Tells a U+FFFD that is in the data from one that stands for malformed bytes. */
  private static String decodeStrictly(byte[] buf, int off, int len) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(buf, off, len)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
