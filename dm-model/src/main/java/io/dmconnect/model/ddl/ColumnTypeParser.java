package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a column's type with the attributes that belong to it. Synonyms are resolved as MySQL does
 * (manual, "Data Types"); display widths are dropped as by MySQL 8.0.19 and later, but for {@code
 * tinyint(1)} and with {@code ZEROFILL}, so that servers of all versions agree.
 */
final class ColumnTypeParser {
  private static final int DEFAULT_VECTOR_DIMENSIONS = 2048;
  private static final int DEFAULT_DECIMAL_PRECISION = 10;
  private static final int MAX_FLOAT_PRECISION = 24;

  private final TokenCursor cursor;
  private int length = -1;
  private int scale = -1;
  private boolean unsigned;
  private boolean zerofill;
  private String charset;
  private String collation;
  private boolean binaryCollation;
  private boolean serial;

  private ColumnTypeParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * A type with what was stated beside it.
   *
   * @param type the type; charset and collation null when not stated
   * @param binaryCollation whether {@code BINARY} asks for the charset's binary collation
   * @param serial whether it was stated as {@code SERIAL}
   */
  record Parsed(ColumnType type, boolean binaryCollation, boolean serial) {}

  static Parsed parse(TokenCursor cursor) {
    ColumnTypeParser parser = new ColumnTypeParser(cursor);
    ColumnType type = parser.type();
    return new Parsed(type, parser.binaryCollation, parser.serial);
  }

  private ColumnType type() {
    Token token = cursor.peek();
    if (token.kind() != Token.Kind.WORD) {
      throw cursor.unexpected("a data type");
    }
    cursor.next();
    String word = SqlText.upper(token);
    return switch (word) {
      case "TINYINT", "INT1" -> integer("tinyint", 3);
      case "SMALLINT", "INT2" -> integer("smallint", 5);
      case "MEDIUMINT", "MIDDLEINT", "INT3" -> integer("mediumint", 8);
      case "INT", "INTEGER", "INT4" -> integer("int", 10);
      case "BIGINT", "INT8" -> integer("bigint", 20);
      case "BOOL", "BOOLEAN" -> ColumnType.of("tinyint", 1, -1);
      case "SERIAL" -> {
        serial = true;
        yield new ColumnType("bigint", -1, -1, true, false, List.of(), null, null);
      }
      case "BIT" -> sized("bit", 1);
      case "DECIMAL", "DEC", "NUMERIC", "FIXED", "NUMBER" -> decimal();
      case "FLOAT", "FLOAT4" -> floating("float");
      case "DOUBLE", "FLOAT8" -> {
        cursor.accept("PRECISION");
        yield floating("double");
      }
      case "REAL" -> floating(cursor.modes().realAsFloat() ? "float" : "double");
      case "DATE" -> ColumnType.of("date");
      case "TIME", "DATETIME", "TIMESTAMP" -> temporal(SqlText.lower(word));
      case "YEAR" -> {
        sizes();
        numberAttributes();
        yield ColumnType.of("year");
      }
      case "BINARY" -> sized("binary", 1);
      case "VARBINARY", "RAW" -> sized("varbinary", -1);
      case "TINYBLOB", "MEDIUMBLOB", "LONGBLOB" -> ColumnType.of(SqlText.lower(word));
      case "BLOB" -> sized("blob", -1);
      case "JSON" -> ColumnType.of("json");
      case "VECTOR" -> sized("vector", DEFAULT_VECTOR_DIMENSIONS);
      case "UUID", "INET4", "INET6" -> ColumnType.of(SqlText.lower(word));
      case "GEOMETRY", "POINT", "LINESTRING", "POLYGON" -> ColumnType.of(SqlText.lower(word));
      case "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON" -> ColumnType.of(SqlText.lower(word));
      case "GEOMETRYCOLLECTION", "GEOMCOLLECTION" -> ColumnType.of("geometrycollection");
      default -> textType(word, token);
    };
  }

  private ColumnType textType(String word, Token token) {
    switch (word) {
      case "CHAR", "CHARACTER" -> {
        return character(isVarying());
      }
      case "VARCHAR", "VARCHARACTER", "VARCHAR2" -> {
        return character(true);
      }
      case "NCHAR" -> {
        charset = "utf8mb3";
        return character(isVarying() || cursor.acceptAny("VARCHAR", "VARCHARACTER"));
      }
      case "NVARCHAR" -> {
        charset = "utf8mb3";
        return character(true);
      }
      case "NATIONAL" -> {
        charset = "utf8mb3";
        boolean varying = cursor.acceptAny("VARCHAR", "VARCHARACTER");
        if (!varying && !cursor.acceptAny("CHAR", "CHARACTER")) {
          throw cursor.unexpected("CHAR or VARCHAR");
        }
        return character(isVarying() || varying);
      }
      case "TINYTEXT", "MEDIUMTEXT", "LONGTEXT" -> {
        return text(SqlText.lower(word));
      }
      case "CLOB" -> {
        return text("longtext");
      }
      case "TEXT" -> {
        sizes();
        return text("text");
      }
      case "LONG" -> {
        return longType();
      }
      case "ENUM", "SET" -> {
        return members(SqlText.lower(word));
      }
      default -> {
        cursor.moveTo(cursor.index() - 1);
        throw new DdlSyntaxException(
            "Unknown data type '" + token + "'", cursor.sql(), token.start());
      }
    }
  }

  private ColumnType integer(String name, int zerofillWidth) {
    sizes();
    numberAttributes();
    boolean boolLike = name.equals("tinyint") && length == 1 && !unsigned;
    int width = boolLike ? 1 : -1;
    if (zerofill) {
      width = length >= 0 ? length : zerofillWidth;
    }
    return new ColumnType(name, width, -1, unsigned, zerofill, List.of(), null, null);
  }

  private ColumnType decimal() {
    sizes();
    numberAttributes();
    int precision = length > 0 ? length : DEFAULT_DECIMAL_PRECISION;
    return new ColumnType(
        "decimal", precision, Math.max(scale, 0), unsigned, zerofill, List.of(), null, null);
  }

  private ColumnType floating(String stated) {
    sizes();
    numberAttributes();
    String name = stated;
    if (scale < 0) {
      name = name.equals("float") && length > MAX_FLOAT_PRECISION ? "double" : name;
      length = -1;
    }
    return new ColumnType(name, length, scale, unsigned, zerofill, List.of(), null, null);
  }

  private ColumnType temporal(String name) {
    sizes();
    return ColumnType.of(name, length == 0 ? -1 : length, -1);
  }

  private ColumnType sized(String name, int defaultLength) {
    sizes();
    return ColumnType.of(name, length >= 0 ? length : defaultLength, -1);
  }

  private boolean isVarying() {
    return cursor.accept("VARYING");
  }

  private ColumnType longType() {
    if (cursor.accept("VARBINARY")) {
      return ColumnType.of("mediumblob");
    }
    if (cursor.acceptAny("CHAR", "CHARACTER")) {
      cursor.expect("VARYING");
    } else {
      cursor.acceptAny("VARCHAR", "VARCHARACTER");
    }
    return text("mediumtext");
  }

  private ColumnType character(boolean varying) {
    sizes();
    if (cursor.accept("BYTE")) {
      return ColumnType.of(varying ? "varbinary" : "binary", varying ? length : orOne(), -1);
    }
    textAttributes();
    return new ColumnType(
        varying ? "varchar" : "char",
        varying ? length : orOne(),
        -1,
        false,
        false,
        List.of(),
        charset,
        collation);
  }

  private int orOne() {
    return length >= 0 ? length : 1;
  }

  private ColumnType text(String name) {
    if (cursor.accept("BYTE")) {
      return ColumnType.of(name.replace("text", "blob"), length, -1);
    }
    textAttributes();
    return new ColumnType(name, length, -1, false, false, List.of(), charset, collation);
  }

  private ColumnType members(String name) {
    List<String> members = new ArrayList<>();
    cursor.expect('(');
    do {
      if (cursor.peek().kind() == Token.Kind.HEX_OR_BIT) {
        members.add(HexLiterals.text(cursor.next().text()));
      } else {
        members.add(stripTrailingSpaces(cursor.expectString("a member")));
      }
    } while (cursor.accept(','));
    cursor.expect(')');
    textAttributes();
    return new ColumnType(name, -1, -1, false, false, members, charset, collation);
  }

  private static String stripTrailingSpaces(String member) {
    int end = member.length();
    while (end > 0 && member.charAt(end - 1) == ' ') {
      end--;
    }
    return member.substring(0, end);
  }

  /**
   * {@code (n)}, {@code (n,m)}; Oracle's {@code (n CHAR)} and {@code (n BYTE)} units are passed.
   */
  private void sizes() {
    if (!cursor.accept('(')) {
      return;
    }
    length = cursor.expectInt("a length");
    cursor.acceptAny("CHAR", "BYTE");
    if (cursor.accept(',')) {
      scale = cursor.expectInt("a scale");
    }
    cursor.expect(')');
  }

  private void numberAttributes() {
    boolean more = true;
    while (more) {
      if (cursor.accept("UNSIGNED")) {
        unsigned = true;
      } else if (cursor.accept("ZEROFILL")) {
        unsigned = true;
        zerofill = true;
      } else {
        more = cursor.accept("SIGNED");
      }
    }
  }

  private void textAttributes() {
    boolean more = true;
    while (more) {
      if (cursor.accept("BINARY")) {
        binaryCollation = true;
      } else if (cursor.accept("ASCII")) {
        charset = "latin1";
      } else if (cursor.accept("UNICODE")) {
        charset = "ucs2";
      } else if (acceptCharset()) {
        charset = Charsets.charset(cursor.expectValue("a character set"));
      } else if (cursor.accept("COLLATE")) {
        collation = Charsets.collation(cursor.expectValue("a collation"));
      } else {
        more = cursor.accept("COMPRESSED");
      }
    }
  }

  private boolean acceptCharset() {
    return cursor.accept("CHARACTER", "SET")
        || cursor.accept("CHAR", "SET")
        || cursor.accept("CHARSET");
  }
}
