package io.dmconnect.source.value;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** UCS-2, UTF-16 and UTF-32. */
final class JavaDecoder implements Decoder {
  private final Charset charset;
  private final boolean basicPlaneOnly;

  JavaDecoder(Charset charset, boolean basicPlaneOnly) {
    this.charset = charset;
    this.basicPlaneOnly = basicPlaneOnly;
  }

  @Override
  public String decode(byte[] buf, int off, int len) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(buf, off, len)).toString();
      return basicPlaneOnly && hasSurrogates(text) ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public String decodeLenient(byte[] buf, int off, int len) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .replaceWith("\uFFFD")
          .decode(ByteBuffer.wrap(buf, off, len))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("A replacing decoder failed", e);
    }
  }

  private static boolean hasSurrogates(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }

  static boolean isAscii(byte[] buf, int off, int len) {
    for (int i = off; i < off + len; i++) {
      if (buf[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
