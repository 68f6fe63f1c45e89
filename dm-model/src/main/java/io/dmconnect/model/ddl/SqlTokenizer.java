package io.dmconnect.model.ddl;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a MySQL or MariaDB statement into tokens, by the rules of MySQL's {@code sql/sql_lex.cc}.
 * Total: any text gives tokens; an unclosed quote reaches to the end of the text.
 *
 * <p>Blanks and comments are between the tokens. The content of version comments ({@code /*!80016 …
 * *}{@code /} and MariaDB's {@code /*M!100401 … *}{@code /}) gives tokens, because a server blanks
 * the version comments it did not execute before it writes the statement to its binary log.
 */
public final class SqlTokenizer {
  private static final String NEVER_EXECUTED = "999999";

  private final String sql;
  private final SqlModes modes;
  private final List<Token> tokens;
  private int pos;
  private boolean inVersionComment;

  private SqlTokenizer(String sql, SqlModes modes) {
    this.sql = sql;
    this.modes = modes;
    this.tokens = new ArrayList<>(sql.length() / 5 + 4);
  }

  /** The tokens in order of appearance, without the one of kind {@code END}. */
  public static List<Token> tokenize(String sql, SqlModes modes) {
    return new SqlTokenizer(sql, modes).run();
  }

  private List<Token> run() {
    while (skipBlanksAndComments()) {
      int start = pos;
      Token.Kind kind = readToken();
      tokens.add(new Token(kind, sql, start, pos));
    }
    return tokens;
  }

  private Token.Kind readToken() {
    char c = sql.charAt(pos);
    if (c == '`' || (c == '"' && modes.ansiQuotes())) {
      skipQuoted(c, false);
      return Token.Kind.QUOTED;
    }
    if (c == '\'' || c == '"') {
      skipQuoted(c, !modes.noBackslashEscapes());
      return Token.Kind.STRING;
    }
    if (isDigit(c) || (c == '.' && isDigit(at(pos + 1)) && !followsIdentifier())) {
      return followsDotOfName() ? readWord() : readNumber();
    }
    if (isWordPart(c)) {
      return readWordOrPrefixedString(c);
    }
    pos++;
    return Token.Kind.SYMBOL;
  }

  private Token.Kind readWordOrPrefixedString(char c) {
    if (at(pos + 1) == '\'') {
      switch (c) {
        case 'n', 'N' -> {
          pos++;
          skipQuoted('\'', !modes.noBackslashEscapes());
          return Token.Kind.STRING;
        }
        case 'x', 'X', 'b', 'B' -> {
          pos++;
          skipQuoted('\'', false);
          return Token.Kind.HEX_OR_BIT;
        }
        default -> {}
      }
    }
    return readWord();
  }

  private Token.Kind readWord() {
    while (pos < sql.length() && isWordPart(sql.charAt(pos))) {
      pos++;
    }
    return Token.Kind.WORD;
  }

  private Token.Kind readNumber() {
    int start = pos;
    if (sql.charAt(pos) == '0' && (at(pos + 1) == 'x' || at(pos + 1) == 'b')) {
      int end = pos + 2;
      boolean hex = at(pos + 1) == 'x';
      while (hex ? Character.digit(at(end), 16) >= 0 && at(end) < 128 : isBit(at(end))) {
        end++;
      }
      if (end > pos + 2 && !isWordPart(at(end))) {
        pos = end;
        return Token.Kind.HEX_OR_BIT;
      }
    }

    skipDigits();
    if (at(pos) == '.') {
      pos++;
      skipDigits();
      skipExponent();
      return Token.Kind.NUMBER;
    }
    if (skipExponent()) {
      return Token.Kind.NUMBER;
    }
    if (isWordPart(at(pos))) {
      pos = start;
      return readWord();
    }
    return Token.Kind.NUMBER;
  }

  private boolean skipExponent() {
    if (at(pos) != 'e' && at(pos) != 'E') {
      return false;
    }
    int digits = at(pos + 1) == '+' || at(pos + 1) == '-' ? pos + 2 : pos + 1;
    if (!isDigit(at(digits))) {
      return false;
    }
    pos = digits;
    skipDigits();
    return true;
  }

  private void skipDigits() {
    while (isDigit(at(pos))) {
      pos++;
    }
  }

  private void skipQuoted(char quote, boolean escapes) {
    pos++;
    while (pos < sql.length()) {
      char c = sql.charAt(pos++);
      if (c == '\\' && escapes) {
        pos = Math.min(pos + 1, sql.length());
      } else if (c == quote) {
        if (at(pos) != quote) {
          return;
        }
        pos++;
      }
    }
  }

  private boolean skipBlanksAndComments() {
    while (pos < sql.length()) {
      char c = sql.charAt(pos);
      if (c <= ' ') {
        pos++;
      } else if (c == '#') {
        skipLine();
      } else if (c == '-'
          && at(pos + 1) == '-'
          && (pos + 2 >= sql.length() || at(pos + 2) <= ' ')) {
        skipLine();
      } else if (c == '/' && at(pos + 1) == '*') {
        openComment();
      } else if (c == '*' && at(pos + 1) == '/' && inVersionComment) {
        inVersionComment = false;
        pos += 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private void openComment() {
    int code = -1;
    if (at(pos + 2) == '!') {
      code = pos + 3;
    } else if (at(pos + 2) == 'M' && at(pos + 3) == '!') {
      code = pos + 4;
    }
    if (code < 0 || sql.startsWith(NEVER_EXECUTED, code)) {
      int end = sql.indexOf("*/", pos + 2);
      pos = end < 0 ? sql.length() : end + 2;
      return;
    }

    inVersionComment = true;
    int digits = 0;
    while (digits < 6 && isDigit(at(code + digits))) {
      digits++;
    }
    pos = Math.min(digits >= 5 ? code + digits : code, sql.length());
  }

  private void skipLine() {
    int end = sql.indexOf('\n', pos);
    pos = end < 0 ? sql.length() : end + 1;
  }

  private boolean followsDotOfName() {
    int last = tokens.size() - 1;
    return last >= 1
        && tokens.get(last).isSymbol('.')
        && tokens.get(last).end() == pos
        && tokens.get(last - 1).isIdentifier()
        && tokens.get(last - 1).end() == pos - 1;
  }

  private boolean followsIdentifier() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return last.isIdentifier() && last.end() == pos;
  }

  private char at(int index) {
    return index < sql.length() ? sql.charAt(index) : '\0';
  }

  private static boolean isBit(char c) {
    return c == '0' || c == '1';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }
}
