package io.dmconnect.model.ddl;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Hexadecimal and bit literals. */
final class HexLiterals {
  private static final int HEX = 16;

  private HexLiterals() {}

  /** Whether the text is {@code 0x…}, {@code x'…'}, {@code 0b…} or {@code b'…'}. */
  static boolean isHexOrBit(String literal) {
    if (literal.length() < 3) {
      return false;
    }
    char first = Character.toLowerCase(literal.charAt(0));
    char second = literal.charAt(1);
    return (first == '0' && (second == 'x' || second == 'b'))
        || ((first == 'x' || first == 'b') && second == '\'');
  }

  /** The literal as an unsigned number. */
  static BigInteger number(String literal) {
    String digits = digits(literal);
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, isHex(literal) ? HEX : 2);
  }

  /** The literal's bytes, most significant first. */
  static byte[] bytes(String literal) {
    String digits = digits(literal);
    int bits = digits.length() * (isHex(literal) ? 4 : 1);
    byte[] bytes = new byte[(bits + 7) / 8];
    byte[] number = number(literal).toByteArray();
    int copied = Math.min(bytes.length, number.length);
    System.arraycopy(number, number.length - copied, bytes, bytes.length - copied, copied);
    return bytes;
  }

  /** The literal's bytes as UTF-8 text. */
  static String text(String literal) {
    return new String(bytes(literal), StandardCharsets.UTF_8);
  }

  private static boolean isHex(String literal) {
    return literal.charAt(0) == '0'
        ? literal.charAt(1) == 'x'
        : Character.toLowerCase(literal.charAt(0)) == 'x';
  }

  private static String digits(String literal) {
    return literal.charAt(1) == '\''
        ? literal.substring(2, Math.max(2, literal.length() - 1))
        : literal.substring(2);
  }
}
