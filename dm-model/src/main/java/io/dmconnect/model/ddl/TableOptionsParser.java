package io.dmconnect.model.ddl;

import java.util.Map;

/** Reads table options; also those of a schema. */
final class TableOptionsParser {
  private static final String DEFAULT = "default";

  private TableOptionsParser() {}

  /**
   * Passes one option and puts it into the map. Gives false, and passes nothing, when no option
   * stands here. {@code AUTO_INCREMENT} and {@code START TRANSACTION} are passed only: they are no
   * part of the schema.
   */
  static boolean parseOne(TokenCursor cursor, Map<String, String> options) {
    Token token = cursor.peek();
    if (!token.isIdentifier()) {
      return false;
    }
    if (token.kind() == Token.Kind.QUOTED) {
      return assignment(cursor, options);
    }
    switch (SqlText.upper(token)) {
      case "DEFAULT" -> {
        boolean option =
            cursor.peek(1).isWord("CHARACTER")
                || cursor.peek(1).isWord("CHARSET")
                || cursor.peek(1).isWord("CHAR")
                || cursor.peek(1).isWord("COLLATE")
                || cursor.peek(1).isWord("ENCRYPTION");
        if (!option) {
          return false;
        }
        cursor.next();
        return parseOne(cursor, options);
      }
      case "CHARACTER", "CHAR" -> {
        cursor.next();
        cursor.expect("SET");
        charset(cursor, options);
      }
      case "CHARSET" -> {
        cursor.next();
        charset(cursor, options);
      }
      case "COLLATE" -> {
        String value = value(cursor);
        options.put("collate", Charsets.collation(value));
      }
      case "ENGINE" -> options.put("engine", EngineNames.canonical(value(cursor)));
      case "TYPE" -> {
        if (!cursor.peek(1).isSymbol('=')) {
          return false;
        }
        options.put("engine", EngineNames.canonical(value(cursor)));
      }
      case "STORAGE" -> {
        cursor.next();
        if (cursor.isWord("ENGINE")) {
          return parseOne(cursor, options);
        }
        cursor.expectValue("a storage");
      }
      case "COMMENT", "CONNECTION", "COMPRESSION", "PASSWORD", "ENCRYPTION" ->
          options.put(SqlText.lower(token.text()), value(cursor));
      case "AUTO_INCREMENT" -> value(cursor);
      case "DATA", "INDEX" -> {
        if (!cursor.peek(1).isWord("DIRECTORY")) {
          return false;
        }
        cursor.next();
        options.put(SqlText.lower(token.text()) + "_directory", value(cursor));
      }
      case "TABLESPACE" -> options.put("tablespace", value(cursor));
      case "UNION" -> {
        cursor.next();
        cursor.accept('=');
        options.put("union", cursor.expectParenthesized());
      }
      case "START" -> {
        cursor.next();
        cursor.expect("TRANSACTION");
      }
      case "READ" -> {
        cursor.next();
        cursor.expect("ONLY");
        cursor.accept('=');
        cursor.expectValue("a value");
      }
      case "WITH" -> {
        cursor.next();
        cursor.expect("SYSTEM");
        cursor.expect("VERSIONING");
        options.put("system_versioning", "1");
      }
      default -> {
        return plainOption(cursor, options);
      }
    }
    return true;
  }

  private static boolean plainOption(TokenCursor cursor, Map<String, String> options) {
    switch (SqlText.upper(cursor.peek())) {
      case "AVG_ROW_LENGTH",
          "CHECKSUM",
          "TABLE_CHECKSUM",
          "DELAY_KEY_WRITE",
          "INSERT_METHOD",
          "KEY_BLOCK_SIZE",
          "MAX_ROWS",
          "MIN_ROWS",
          "PACK_KEYS",
          "ROW_FORMAT",
          "STATS_AUTO_RECALC",
          "STATS_PERSISTENT",
          "STATS_SAMPLE_PAGES",
          "AUTOEXTEND_SIZE",
          "ENGINE_ATTRIBUTE",
          "SECONDARY_ENGINE",
          "SECONDARY_ENGINE_ATTRIBUTE" -> {
        String name = SqlText.lower(cursor.peek().text());
        options.put(name, SqlText.upper(value(cursor)));
        return true;
      }
      default -> {
        return assignment(cursor, options);
      }
    }
  }

  /** Any other option: {@code name = value}. */
  private static boolean assignment(TokenCursor cursor, Map<String, String> options) {
    boolean option =
        cursor.peek(1).isSymbol('=')
            && !cursor.isWord("ALGORITHM")
            && !cursor.isWord("LOCK")
            && !cursor.isWord("RENAME");
    if (option) {
      options.put(SqlText.lower(cursor.peek().identifier()), value(cursor));
    }
    return option;
  }

  private static void charset(TokenCursor cursor, Map<String, String> options) {
    cursor.accept('=');
    String value = cursor.expectValue("a character set");
    options.put("charset", value.equalsIgnoreCase(DEFAULT) ? DEFAULT : Charsets.charset(value));
  }

  private static String value(TokenCursor cursor) {
    cursor.next();
    cursor.accept('=');
    return cursor.expectValue("a value");
  }
}
