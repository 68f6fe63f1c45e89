package io.dmconnect.model.ddl;

/** String literals: from their text to the value and back. */
final class SqlStrings {
  private SqlStrings() {}

  /** The value of a token of kind STRING (MySQL manual, "String Literals"). */
  static String decode(Token token, SqlModes modes) {
    String sql = token.sql();
    int start = sql.charAt(token.start()) == '\'' || sql.charAt(token.start()) == '"' ? 0 : 1;
    char quote = sql.charAt(token.start() + start);
    int from = token.start() + start + 1;
    int to = Math.max(from, token.end() - 1);

    StringBuilder value = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = sql.charAt(i);
      if (c == '\\' && !modes.noBackslashEscapes() && i + 1 < to) {
        i++;
        appendEscaped(value, sql.charAt(i));
      } else {
        value.append(c);
        if (c == quote && i + 1 < to) {
          i++;
        }
      }
    }
    return value.toString();
  }

  private static void appendEscaped(StringBuilder value, char c) {
    switch (c) {
      case '0' -> value.append('\0');
      case 'b' -> value.append('\b');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'Z' -> value.append('\u001a');
      case '%', '_' -> value.append('\\').append(c);
      default -> value.append(c);
    }
  }

  /**
   * A literal for the value that means the same wherever backslash escapes are on; the form in
   * which {@code SHOW CREATE TABLE} writes defaults and comments.
   */
  static String quote(String value) {
    StringBuilder literal = new StringBuilder(value.length() + 2).append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\'' -> literal.append("''");
        case '\\' -> literal.append("\\\\");
        case '\0' -> literal.append("\\0");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        default -> literal.append(c);
      }
    }
    return literal.append('\'').toString();
  }
}
