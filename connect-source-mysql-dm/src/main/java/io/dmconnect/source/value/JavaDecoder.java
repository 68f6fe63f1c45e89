package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** A multi-byte character set that Java knows. */
final class JavaDecoder implements Decoder {
  private final Charset charset;
  private final boolean asciiCompatible;

  JavaDecoder(Charset charset, boolean asciiCompatible) {
    this.charset = charset;
    this.asciiCompatible = asciiCompatible;
  }

  @Override
  public String decode(byte[] buf, int off, int len) {
    if (asciiCompatible && isAscii(buf, off, len)) {
      return new String(buf, off, len, ISO_8859_1);
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(buf, off, len)).toString();
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

  static boolean isAscii(byte[] buf, int off, int len) {
    for (int i = off; i < off + len; i++) {
      if (buf[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
