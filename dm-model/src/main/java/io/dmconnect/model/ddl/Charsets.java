package io.dmconnect.model.ddl;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is fixed about character sets: current names, default collations (MySQL 8.0, {@code SHOW
 * COLLATION WHERE `Default` = 'Yes'}) and bytes per character ({@code SHOW CHARACTER SET}).
 */
final class Charsets {
  static final String BINARY = "binary";
  private static final String UCA_1400 = "uca1400_";

  private static final Map<String, String> DEFAULT_COLLATION_SUFFIXES =
      Map.ofEntries(
          Map.entry("big5", "chinese_ci"),
          Map.entry("cp932", "japanese_ci"),
          Map.entry("dec8", "swedish_ci"),
          Map.entry("eucjpms", "japanese_ci"),
          Map.entry("euckr", "korean_ci"),
          Map.entry("gb18030", "chinese_ci"),
          Map.entry("gb2312", "chinese_ci"),
          Map.entry("gbk", "chinese_ci"),
          Map.entry("hp8", "english_ci"),
          Map.entry("latin1", "swedish_ci"),
          Map.entry("latin5", "turkish_ci"),
          Map.entry("sjis", "japanese_ci"),
          Map.entry("swe7", "swedish_ci"),
          Map.entry("tis620", "thai_ci"),
          Map.entry("ujis", "japanese_ci"));

  private static final Map<String, Integer> BYTES_PER_CHARACTER =
      Map.ofEntries(
          Map.entry("big5", 2),
          Map.entry("cp932", 2),
          Map.entry("eucjpms", 3),
          Map.entry("euckr", 2),
          Map.entry("gb18030", 4),
          Map.entry("gb2312", 2),
          Map.entry("gbk", 2),
          Map.entry("sjis", 2),
          Map.entry("ucs2", 2),
          Map.entry("ujis", 3),
          Map.entry("utf16", 4),
          Map.entry("utf16le", 4),
          Map.entry("utf32", 4),
          Map.entry("utf8mb3", 3),
          Map.entry("utf8mb4", 4));

  private Charsets() {}

  /** A charset in lower case; the old name {@code utf8} is {@code utf8mb3}. */
  static String charset(String name) {
    String lower = SqlText.lower(name);
    return lower.equals("utf8") ? "utf8mb3" : lower;
  }

  /** A collation in lower case; {@code utf8_…} is {@code utf8mb3_…}. */
  static String collation(String name) {
    String lower = SqlText.lower(name);
    return lower.startsWith("utf8_") ? "utf8mb3_" + lower.substring("utf8_".length()) : lower;
  }

  /** The collation of a charset stated alone, for charsets where no server setting decides. */
  static String defaultCollation(String charset) {
    return charset.equals(BINARY)
        ? BINARY
        : charset + "_" + DEFAULT_COLLATION_SUFFIXES.getOrDefault(charset, "general_ci");
  }

  static String binaryCollation(String charset) {
    return charset.equals(BINARY) ? BINARY : charset + "_bin";
  }

  /** The charset a collation belongs to; the given one for MariaDB's names without a charset. */
  static String charsetOf(String collation, String contextCharset) {
    if (isContextual(collation)) {
      return contextCharset;
    }
    int separator = collation.indexOf('_');
    return separator < 0 ? collation : collation.substring(0, separator);
  }

  /** The collation's full name: MariaDB's {@code uca1400_ai_ci} gets its charset in front. */
  static String qualified(String collation, String charset) {
    return isContextual(collation) ? charset + "_" + collation : collation;
  }

  private static boolean isContextual(String collation) {
    return collation.startsWith(UCA_1400);
  }

  static int bytesPerCharacter(String charset) {
    return charset == null ? 1 : BYTES_PER_CHARACTER.getOrDefault(charset, 1);
  }

  /** The Java charset of literals' bytes; UTF-8 where there is no exact one. */
  static Charset java(String charset) {
    return "latin1".equals(charset) ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
  }
}
