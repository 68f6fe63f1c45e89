package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;
import java.math.BigDecimal;
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

  /** The error for a current token that does not fit. */
  DdlSyntaxException unexpected(String expected) {
    Token token = peek();
    return new DdlSyntaxException(
        "Expected " + expected + " instead of '" + token + "'", sql, token.start());
  }

  void expect(String word) {
    if (!accept(word)) {
      throw unexpected(word);
    }
  }

  void expect(char symbol) {
    if (!accept(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  /** Passes a name and gives it without quotes. */
  String expectIdentifier(String what) {
    if (!peek().isIdentifier()) {
      throw unexpected(what);
    }
    return next().identifier();
  }

  TableId expectTableName(String defaultSchema) {
    NameRef name = acceptTableName(defaultSchema);
    if (name == null) {
      throw unexpected("a table name");
    }
    return name.id();
  }

  int expectInt(String what) {
    Token token = peek();
    if (token.kind() != Token.Kind.NUMBER) {
      throw unexpected(what);
    }
    try {
      long value = new BigDecimal(token.text()).longValue();
      index++;
      return (int) Math.min(value, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw unexpected(what);
    }
  }

  /** Whether a string stands here, with or without a character set introducer. */
  boolean isString() {
    return peek().kind() == Token.Kind.STRING
        || (isIntroducer() && peek(1).kind() == Token.Kind.STRING);
  }

  private boolean isIntroducer() {
    return peek().kind() == Token.Kind.WORD && sql.charAt(peek().start()) == '_';
  }

  /** Passes a string and those joined to it by standing beside it; gives the value. */
  String expectString(String what) {
    if (!isString()) {
      throw unexpected(what);
    }
    if (isIntroducer()) {
      index++;
    }
    String value = SqlStrings.decode(next(), modes);
    while (peek().kind() == Token.Kind.STRING) {
      value = value + SqlStrings.decode(next(), modes);
    }
    return value;
  }

  /** Passes a word, a quoted name, a number or a string, and gives its value. */
  String expectValue(String what) {
    Token token = peek();
    if (isString()) {
      return expectString(what);
    }
    if (token.isIdentifier()) {
      return next().identifier();
    }
    if (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.HEX_OR_BIT) {
      return next().text();
    }
    throw unexpected(what);
  }

  /**
   * Passes a parenthesized expression and gives its text without the outer parentheses, as it reads
   * with an empty {@code sql_mode}.
   */
  String expectParenthesized() {
    if (!isSymbol('(')) {
      throw unexpected("'('");
    }
    int from = index + 1;
    skipParentheses();
    if (!previous().isSymbol(')')) {
      throw unexpected("')'");
    }
    return text(from, index - 1);
  }

  /** The text of the tokens {@code [from, to)}, as it reads with an empty {@code sql_mode}. */
  String text(int from, int to) {
    if (from >= to) {
      return "";
    }
    int start = tokens.get(from).start();
    int stop = tokens.get(to - 1).end();
    if (!modes.ansiQuotes() && !modes.noBackslashEscapes()) {
      return sql.substring(start, stop);
    }

    StringBuilder text = new StringBuilder();
    int copied = start;
    for (Token token : tokens.subList(from, to)) {
      text.append(sql, copied, token.start());
      switch (token.kind()) {
        case QUOTED -> text.append(TableId.quote(token.identifier()));
        case STRING -> text.append(SqlStrings.quote(SqlStrings.decode(token, modes)));
        case WORD, NUMBER, HEX_OR_BIT, SYMBOL, END -> text.append(sql, token.start(), token.end());
      }
      copied = token.end();
    }
    return text.toString();
  }
}
