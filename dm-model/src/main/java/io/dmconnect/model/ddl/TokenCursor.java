package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.util.List;

/** Walks over a statement's tokens; behind the last one it stands on a token of kind END. */
final class TokenCursor {
  private final String sql;
  private final SqlModes modes;
  private final List<Token> tokens;
  private final Token end;
  private int index;

  TokenCursor(String sql, SqlModes modes) {
    this.sql = sql;
    this.modes = modes;
    this.tokens = SqlTokenizer.tokenize(sql, modes);
    this.end = new Token(Token.Kind.END, sql, sql.length(), sql.length());
  }

  String sql() {
    return sql;
  }

  SqlModes modes() {
    return modes;
  }

  /** The number of tokens passed. */
  int index() {
    return index;
  }

  void moveTo(int newIndex) {
    index = newIndex;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return index + ahead < tokens.size() ? tokens.get(index + ahead) : end;
  }

  /** The token before the current one; only to be called when there is one. */
  Token previous() {
    return tokens.get(index - 1);
  }

  Token next() {
    Token token = peek();
    if (index < tokens.size()) {
      index++;
    }
    return token;
  }

  boolean atEnd() {
    return index >= tokens.size();
  }

  boolean isWord(String word) {
    return peek().isWord(word);
  }

  boolean isSymbol(char symbol) {
    return peek().isSymbol(symbol);
  }

  /** Passes the keyword when it is the current token. */
  boolean accept(String word) {
    if (isWord(word)) {
      index++;
      return true;
    }
    return false;
  }

  /** Passes all the keywords when they come next in this order, else none. */
  boolean accept(String first, String second) {
    if (isWord(first) && peek(1).isWord(second)) {
      index += 2;
      return true;
    }
    return false;
  }

  /** Passes all the keywords when they come next in this order, else none. */
  boolean accept(String first, String second, String third) {
    if (isWord(first) && peek(1).isWord(second) && peek(2).isWord(third)) {
      index += 3;
      return true;
    }
    return false;
  }

  /** Passes the first of the keywords that is the current token. */
  boolean acceptAny(String... words) {
    for (String word : words) {
      if (accept(word)) {
        return true;
      }
    }
    return false;
  }

  boolean accept(char symbol) {
    if (isSymbol(symbol)) {
      index++;
      return true;
    }
    return false;
  }

  /** Passes a table name; null, and nothing passed, when there is none. */
  NameRef acceptTableName(String defaultSchema) {
    int start = peek().start();
    if (isSymbol('.') && peek(1).isIdentifier()) {
      index += 2;
      return name(defaultSchema, previous(), start);
    }
    if (!peek().isIdentifier()) {
      return null;
    }
    Token first = next();
    if (isSymbol('.') && peek(1).isIdentifier()) {
      index += 2;
      return name(first.identifier(), previous(), start);
    }
    return name(defaultSchema, first, start);
  }

  private static NameRef name(String schema, Token table, int start) {
    return new NameRef(
        new TableId(schema == null ? "" : schema, table.identifier()), start, table.end());
  }

  /** Passes from an opening parenthesis to behind its closing one, or to the end. */
  void skipParentheses() {
    int depth = 0;
    do {
      Token token = next();
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      }
    } while (depth > 0 && !atEnd());
  }
}
