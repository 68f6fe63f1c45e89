package io.dmconnect.model.ddl;

/**
 * One token of a statement.
 *
 * @param kind what it is
 * @param sql the whole statement
 * @param start offset of its first character in {@code sql}
 * @param end offset behind its last character
 */
public record Token(Kind kind, String sql, int start, int end) {

  /** What a token is. */
  public enum Kind {
    /** A keyword or an unquoted identifier; also a charset introducer such as {@code _utf8mb4}. */
    WORD,
    /** An identifier in back quotes, or in double quotes with {@code ANSI_QUOTES}. */
    QUOTED,
    /** A string, {@code N'…'} included. */
    STRING,
    /** A number without sign. */
    NUMBER,
    /** {@code 0x41}, {@code x'41'}, {@code 0b1}, {@code b'1'}. */
    HEX_OR_BIT,
    /** One character of an operator or of punctuation. */
    SYMBOL,
    /** Stands behind the last token. */
    END
  }

  /** The characters as written. */
  public String text() {
    return sql.substring(start, end);
  }

  /** Whether this is the given keyword, compared without case. */
  public boolean isWord(String word) {
    return kind == Kind.WORD
        && end - start == word.length()
        && sql.regionMatches(true, start, word, 0, word.length());
  }

  /** Whether this is the given operator or punctuation character. */
  public boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && sql.charAt(start) == symbol;
  }

  /** Whether this can be a name; names are never empty. */
  public boolean isIdentifier() {
    return kind == Kind.WORD || (kind == Kind.QUOTED && end - start > 2);
  }

  /** The name without quotes; a doubled quote inside becomes one. */
  public String identifier() {
    if (kind != Kind.QUOTED) {
      return text();
    }

    char quote = sql.charAt(start);
    boolean closed = end - start >= 2 && sql.charAt(end - 1) == quote;
    String inner = sql.substring(start + 1, closed ? end - 1 : end);
    if (inner.indexOf(quote) < 0) {
      return inner;
    }
    String one = String.valueOf(quote);
    return inner.replace(one + one, one);
  }

  /** The characters as written. */
  @Override
  public String toString() {
    return kind == Kind.END ? "end of statement" : text();
  }
}
