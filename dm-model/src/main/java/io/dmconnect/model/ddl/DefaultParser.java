package io.dmconnect.model.ddl;

import java.util.Locale;

/**
 * Reads what stands behind {@code DEFAULT} and {@code ON UPDATE} into one form: a literal, {@code
 * CURRENT_TIMESTAMP} with its precision, or an expression in parentheses.
 */
final class DefaultParser {
  private DefaultParser() {}

  static String parseDefault(TokenCursor cursor) {
    Token token = cursor.peek();
    if (token.isSymbol('(')) {
      return "(" + cursor.expectParenthesized() + ")";
    }
    if (cursor.isString()) {
      return SqlStrings.quote(cursor.expectString("a default"));
    }
    if (token.isSymbol('-') || token.isSymbol('+')) {
      cursor.next();
      if (cursor.peek().kind() != Token.Kind.NUMBER) {
        throw cursor.unexpected("a number");
      }
      return (token.isSymbol('-') ? "-" : "") + cursor.next().text();
    }
    return switch (token.kind()) {
      case NUMBER, HEX_OR_BIT -> cursor.next().text();
      case WORD -> word(cursor);
      case QUOTED -> call(cursor);
      case STRING, SYMBOL, END -> throw cursor.unexpected("a default");
    };
  }

  private static String word(TokenCursor cursor) {
    Token token = cursor.peek();
    String word = SqlText.upper(token);
    switch (word) {
      case "NULL", "TRUE", "FALSE" -> {
        cursor.next();
        return word;
      }
      case "DATE", "TIME", "TIMESTAMP" -> {
        if (cursor.peek(1).kind() == Token.Kind.STRING) {
          cursor.next();
          return SqlStrings.quote(cursor.expectString("a literal"));
        }
      }
      default -> {}
    }
    if (isNow(token) && !isSequenceCall(cursor)) {
      return parseNow(cursor);
    }
    if (token.text().startsWith("_") && cursor.peek(1).kind() == Token.Kind.HEX_OR_BIT) {
      cursor.next();
      return SqlStrings.quote(HexLiterals.text(cursor.next().text()));
    }
    return call(cursor);
  }

  private static boolean isSequenceCall(TokenCursor cursor) {
    return cursor.peek(1).isSymbol('.');
  }

  /** MariaDB: a function's call or another expression that begins with a word. */
  private static String call(TokenCursor cursor) {
    int from = cursor.index();
    if (cursor.accept("CASE")) {
      while (!cursor.accept("END")) {
        if (cursor.atEnd()) {
          throw cursor.unexpected("END");
        }
        cursor.next();
      }
    } else if (cursor.accept("NEXT", "VALUE", "FOR")) {
      cursor.expectTableName("");
    } else {
      cursor.next();
      while (cursor.accept('.')) {
        cursor.expectIdentifier("a name");
      }
      if (cursor.isSymbol('(')) {
        cursor.skipParentheses();
      }
    }
    return "(" + cursor.text(from, cursor.index()) + ")";
  }

  static boolean isNow(Token token) {
    return switch (token.text().toUpperCase(Locale.ROOT)) {
      case "CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP" -> true;
      default -> false;
    };
  }

  /**
   * {@code NOW()} and its synonyms, as {@code CURRENT_TIMESTAMP} or {@code CURRENT_TIMESTAMP(n)}.
   */
  static String parseNow(TokenCursor cursor) {
    if (!isNow(cursor.peek())) {
      throw cursor.unexpected("CURRENT_TIMESTAMP");
    }
    cursor.next();
    int precision = 0;
    if (cursor.accept('(')) {
      if (!cursor.isSymbol(')')) {
        precision = cursor.expectInt("a precision");
      }
      cursor.expect(')');
    }
    return precision == 0 ? "CURRENT_TIMESTAMP" : "CURRENT_TIMESTAMP(" + precision + ")";
  }
}
