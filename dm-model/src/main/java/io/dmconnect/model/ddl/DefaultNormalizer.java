package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Brings a default into the form of {@code SHOW CREATE TABLE}, so that {@code 1.5}, {@code '1.5'}
 * and {@code '1.50'} of a {@code DECIMAL(5,2)} are the same default.
 */
final class DefaultNormalizer {
  private static final int FLOAT_WIDTH = 12;
  private static final int DOUBLE_WIDTH = 22;

  private DefaultNormalizer() {}

  /** The default; null for none and for {@code NULL}. Expressions stay as they are. */
  static String normalize(String defaultSql, ColumnType type, ServerTraits server) {
    String stated = server.unwrapsConstantDefaults() ? unwrapped(defaultSql) : defaultSql;
    if (stated == null || stated.equals("NULL")) {
      return null;
    }
    if (stated.startsWith("(") || stated.startsWith("CURRENT_TIMESTAMP")) {
      return stated;
    }
    String literal =
        switch (stated) {
          case "TRUE" -> "1";
          case "FALSE" -> "0";
          default -> stated;
        };
    String normalized = byType(literal, type, server.roundsFractions());
    if (normalized != null) {
      return normalized;
    }
    return literal.startsWith("'") ? literal : SqlStrings.quote(literal);
  }

  /** A constant or the current time without the parentheses around it. */
  private static String unwrapped(String defaultSql) {
    if (defaultSql == null || !defaultSql.startsWith("(")) {
      return defaultSql;
    }
    String inner = defaultSql.substring(1, defaultSql.length() - 1).trim();
    TokenCursor cursor = new TokenCursor(inner, SqlModes.DEFAULT);
    if (cursor.atEnd()) {
      return defaultSql;
    }
    String parsed = DefaultParser.parseDefault(cursor);
    boolean whole = cursor.atEnd() && (inner.startsWith("(") || !parsed.startsWith("("));
    return whole ? unwrapped(parsed) : defaultSql;
  }

  private static String byType(String literal, ColumnType type, boolean rounds) {
    boolean isString = literal.startsWith("'");
    return switch (type.name()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> integer(literal, type);
      case "decimal" -> decimal(literal, type);
      case "float", "double" -> floating(literal, type);
      case "bit" -> bit(literal);
      case "date", "datetime", "timestamp" ->
          quoted(TemporalText.dateTime(value(literal), type, rounds));
      case "time" -> quoted(TemporalText.time(value(literal), type, rounds));
      case "year" -> quoted(TemporalText.year(value(literal), isString));
      case "char" -> quoted(stripTrailingSpaces(text(literal, type)));
      case "varchar", "tinytext", "text", "mediumtext", "longtext" -> quoted(text(literal, type));
      case "enum" -> enumMember(text(literal, type), type);
      case "set" -> setMembers(text(literal, type), type);
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          bytes(literal, type);
      default -> null;
    };
  }

  private static String quoted(String value) {
    return value == null ? null : SqlStrings.quote(value);
  }

  /** A literal's value as text, a string without its quotes. */
  private static String value(String literal) {
    if (!literal.startsWith("'")) {
      return literal;
    }
    Token token = SqlTokenizer.tokenize(literal, SqlModes.DEFAULT).get(0);
    return SqlStrings.decode(token, SqlModes.DEFAULT);
  }

  private static BigDecimal number(String literal) {
    if (HexLiterals.isHexOrBit(literal)) {
      return new BigDecimal(HexLiterals.number(literal));
    }
    try {
      return new BigDecimal(value(literal).trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String integer(String literal, ColumnType type) {
    BigDecimal number = number(literal);
    if (number == null) {
      return null;
    }
    String text = number.setScale(0, RoundingMode.HALF_UP).toBigInteger().toString();
    return quoted(type.zerofill() ? zeroFilled(text, type.length()) : text);
  }

  private static String decimal(String literal, ColumnType type) {
    BigDecimal number = number(literal);
    if (number == null) {
      return null;
    }
    String text = number.setScale(type.scale(), RoundingMode.HALF_UP).toPlainString();
    int width = type.length() + (type.scale() > 0 ? 1 : 0);
    return quoted(type.zerofill() ? zeroFilled(text, width) : text);
  }

  private static String floating(String literal, ColumnType type) {
    BigDecimal number = number(literal);
    if (number == null) {
      return null;
    }
    boolean isFloat = type.name().equals("float");
    String text = isFloat ? NumberText.ofFloat(number) : NumberText.ofDouble(number);
    if (type.scale() >= 0) {
      text = number.setScale(type.scale(), RoundingMode.HALF_EVEN).toPlainString();
    }
    int width = isFloat ? FLOAT_WIDTH : DOUBLE_WIDTH;
    width = type.length() >= 0 ? type.length() : width;
    return quoted(type.zerofill() ? zeroFilled(text, width) : text);
  }

  private static String zeroFilled(String text, int width) {
    return "0".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String bit(String literal) {
    BigInteger bits;
    if (literal.startsWith("'")) {
      bits = new BigInteger(1, value(literal).getBytes(StandardCharsets.ISO_8859_1));
    } else {
      BigDecimal number = number(literal);
      if (number == null) {
        return null;
      }
      bits = number.toBigInteger();
    }
    return "b'" + bits.toString(2) + "'";
  }

  private static String text(String literal, ColumnType type) {
    if (HexLiterals.isHexOrBit(literal)) {
      return new String(HexLiterals.bytes(literal), Charsets.java(type.charset()));
    }
    boolean isExponential = !literal.startsWith("'") && SqlText.lower(literal).contains("e");
    return isExponential ? NumberText.ofDouble(number(literal)) : value(literal);
  }

  private static String stripTrailingSpaces(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  private static String enumMember(String value, ColumnType type) {
    String member = member(value, type.members());
    return member == null ? null : quoted(member);
  }

  private static String member(String value, List<String> members) {
    String stripped = stripTrailingSpaces(value);
    for (String member : members) {
      if (member.equals(stripped)) {
        return member;
      }
    }
    for (String member : members) {
      if (member.equalsIgnoreCase(stripped)) {
        return member;
      }
    }
    return null;
  }

  private static String setMembers(String value, ColumnType type) {
    if (value.isEmpty()) {
      return "''";
    }
    List<String> stated =
        Arrays.stream(value.split(",", -1)).map(part -> member(part, type.members())).toList();
    if (stated.contains(null)) {
      return null;
    }
    return quoted(String.join(",", type.members().stream().filter(stated::contains).toList()));
  }

  /** Bytes as text where they are UTF-8, else as a hexadecimal literal. */
  private static String bytes(String literal, ColumnType type) {
    byte[] bytes =
        HexLiterals.isHexOrBit(literal)
            ? HexLiterals.bytes(literal)
            : value(literal).getBytes(StandardCharsets.UTF_8);
    if (type.name().equals("binary") && bytes.length < type.length()) {
      bytes = Arrays.copyOf(bytes, type.length());
    }
    try {
      return quoted(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
    }
  }
}
