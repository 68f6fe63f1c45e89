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
      case "ucs2", "utf16" -> new JavaDecoder(UTF_16BE, false);
      case "utf16le" -> new JavaDecoder(UTF_16LE, false);
      case "utf32" -> new JavaDecoder(Charset.forName("UTF-32BE"), false);
      case "gbk" -> new JavaDecoder(Charset.forName("GBK"), true);
      case "gb2312" -> new JavaDecoder(Charset.forName("GB2312"), true);
      case "gb18030" -> new JavaDecoder(Charset.forName("GB18030"), true);
      case "big5" -> new JavaDecoder(Charset.forName("Big5"), true);
      case "sjis" -> new JavaDecoder(Charset.forName("Shift_JIS"), true);
      case "cp932" -> new JavaDecoder(Charset.forName("windows-31j"), true);
      case "ujis" -> new JavaDecoder(Charset.forName("EUC-JP"), true);
      case "eucjpms" -> new JavaDecoder(Charset.forName("x-eucJP-Open"), true);
      case "euckr" -> new JavaDecoder(Charset.forName("EUC-KR"), true);
      default -> SingleByteDecoder.of(charset);
    };
  }

  private Decoders() {}
}
