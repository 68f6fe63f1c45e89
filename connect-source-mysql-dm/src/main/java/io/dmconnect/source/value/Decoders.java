package io.dmconnect.source.value;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;

/** The decoder of each MySQL character set. */
final class Decoders {

  /**
   * The decoder of a character set.
   *
   * @param charset MySQL's name in lower case
   * @throws IllegalArgumentException when there is none
   */
  static Decoder of(String charset) {
    return switch (charset) {
      case "utf8mb4", "utf8mb3", "utf8" -> new Utf8Decoder();
      case "ucs2" -> new JavaDecoder(UTF_16BE, true);
      case "utf16" -> new JavaDecoder(UTF_16BE, false);
      case "utf16le" -> new JavaDecoder(UTF_16LE, false);
      case "utf32" -> new JavaDecoder(Charset.forName("UTF-32BE"), false);
      default -> {
        Decoder multiByte = MultiByteDecoder.of(charset);
        yield multiByte == null ? SingleByteDecoder.of(charset) : multiByte;
      }
    };
  }

  private Decoders() {}
}
