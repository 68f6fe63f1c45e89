package io.dmconnect.model.ddl;

import io.dmconnect.model.schema.ColumnType;

/** How a charset changes the types that hold text. */
final class TextTypes {
  private static final long TINY = 255;
  private static final long NORMAL = 65_535;
  private static final long MEDIUM = 16_777_215;
  private static final long LONG = 4_294_967_295L;

  private TextTypes() {}

  static boolean isText(ColumnType type) {
    return switch (type.name()) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> true;
      default -> false;
    };
  }

  /** The type with charset and collation; text of charset {@code binary} is a binary type. */
  static ColumnType with(ColumnType type, String charset, String collation) {
    if (!charset.equals(Charsets.BINARY)) {
      return copy(type, type.name(), type.length(), charset, collation);
    }
    return switch (type.name()) {
      case "char" -> copy(type, "binary", type.length(), null, null);
      case "varchar" -> copy(type, "varbinary", type.length(), null, null);
      case "tinytext", "text", "mediumtext", "longtext" ->
          copy(type, type.name().replace("text", "blob"), type.length(), null, null);
      default -> copy(type, type.name(), type.length(), charset, collation);
    };
  }

  static ColumnType renamed(ColumnType type, String name, int length) {
    return copy(type, name, length, type.charset(), type.collation());
  }

  /** {@code TEXT(n)} and {@code BLOB(n)} as the smallest type that holds n characters or bytes. */
  static ColumnType sized(ColumnType type, ServerTraits server) {
    boolean isText = type.name().equals("text");
    if (!isText && !type.name().equals("blob")) {
      return type;
    }
    if (type.length() < 0) {
      return type;
    }
    if (type.length() == 0 && !server.sizesTextByCharacters()) {
      return renamed(type, type.name(), -1);
    }
    long bytes = (long) type.length() * Charsets.bytesPerCharacter(type.charset());
    return renamed(type, prefix(bytes) + type.name(), -1);
  }

  private static String prefix(long bytes) {
    if (bytes <= TINY) {
      return "tiny";
    }
    if (bytes <= NORMAL) {
      return "";
    }
    return bytes <= MEDIUM ? "medium" : "long";
  }

  /** A column's type after {@code CONVERT TO CHARACTER SET}: never holds fewer characters. */
  static ColumnType converted(ColumnType type, CharsetAndCollation target) {
    if (!isText(type) || Charsets.BINARY.equals(type.charset())) {
      return type;
    }
    ColumnType converted = with(type, target.charset(), target.collation());
    boolean widens =
        type.name().endsWith("text")
            && Charsets.bytesPerCharacter(target.charset())
                > Charsets.bytesPerCharacter(type.charset());
    return widens ? sizedFor(type, converted) : converted;
  }

  /** The smallest TEXT that holds as many characters as the old type. */
  static ColumnType sizedFor(ColumnType old, ColumnType type) {
    long characters =
        switch (old.name()) {
          case "enum" -> old.members().stream().mapToInt(String::length).max().orElse(0);
          case "set" -> String.join(",", old.members()).length();
          case "char", "varchar" -> old.length();
          default -> maxBytes(old.name()) / Charsets.bytesPerCharacter(old.charset());
        };
    long bytes = characters * Charsets.bytesPerCharacter(type.charset());
    return renamed(type, prefix(bytes) + "text", -1);
  }

  private static long maxBytes(String name) {
    return switch (name) {
      case "tinytext" -> TINY;
      case "text" -> NORMAL;
      case "mediumtext" -> MEDIUM;
      default -> LONG;
    };
  }

  private static ColumnType copy(
      ColumnType type, String name, int length, String charset, String collation) {
    return new ColumnType(
        name,
        length,
        type.scale(),
        type.unsigned(),
        type.zerofill(),
        type.members(),
        charset,
        collation);
  }
}
