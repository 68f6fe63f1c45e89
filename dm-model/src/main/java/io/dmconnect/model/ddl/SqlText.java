package io.dmconnect.model.ddl;

import java.util.Locale;

/** Small helpers on SQL text. */
final class SqlText {
  private SqlText() {}

  /** A keyword in upper case. */
  static String upper(Token token) {
    return token.text().toUpperCase(Locale.ROOT);
  }

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /**
   * Whether an option of {@code ALTER DATABASE} stands here, so that the schema's name is left out.
   */
  static boolean isSchemaOption(TokenCursor cursor) {
    Token token = cursor.peek();
    Token next = cursor.peek(1);
    if (token.kind() != Token.Kind.WORD) {
      return false;
    }
    return switch (upper(token)) {
      case "DEFAULT" -> true;
      case "CHARACTER" -> next.isWord("SET");
      case "CHARSET", "COLLATE", "COMMENT", "ENCRYPTION" ->
          next.isSymbol('=') || next.kind() == Token.Kind.STRING || next.isIdentifier();
      case "READ" -> next.isWord("ONLY");
      default -> false;
    };
  }

  /**
   * Passes MariaDB's {@code SET STATEMENT variable = value, … FOR} in front of a statement, which
   * its binary log keeps. Passes nothing where there is none.
   */
  static void skipSetStatement(TokenCursor cursor) {
    int start = cursor.index();
    if (!cursor.accept("SET", "STATEMENT")) {
      return;
    }
    while (!cursor.atEnd()) {
      if (cursor.accept("FOR")) {
        return;
      }
      if (cursor.isSymbol('(')) {
        cursor.skipParentheses();
      } else {
        cursor.next();
      }
    }
    cursor.moveTo(start);
  }
}
