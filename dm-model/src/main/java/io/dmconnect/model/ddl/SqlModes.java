package io.dmconnect.model.ddl;

import java.util.Locale;

/**
 * The parts of MySQL's {@code sql_mode} that change how a statement's text is read.
 *
 * @param ansiQuotes whether {@code "x"} is an identifier ({@code ANSI_QUOTES})
 * @param noBackslashEscapes whether a backslash in a string is an ordinary character ({@code
 *     NO_BACKSLASH_ESCAPES})
 * @param realAsFloat whether the type {@code REAL} is {@code FLOAT} ({@code REAL_AS_FLOAT})
 */
public record SqlModes(boolean ansiQuotes, boolean noBackslashEscapes, boolean realAsFloat) {

  /** The modes of a server with an empty {@code sql_mode}. */
  public static final SqlModes DEFAULT = new SqlModes(false, false, false);

  /**
   * Reads the text of {@code @@sql_mode}. Names are compared without case; unknown ones are
   * ignored; combination modes ({@code ANSI}, {@code ORACLE}, …) count with what they stand for
   * (MySQL manual, "Server SQL Modes"). Null is the empty mode.
   */
  public static SqlModes parse(String sqlMode) {
    if (sqlMode == null || sqlMode.isBlank()) {
      return DEFAULT;
    }

    boolean ansiQuotes = false;
    boolean noBackslashEscapes = false;
    boolean realAsFloat = false;
    for (String name : sqlMode.split(",", -1)) {
      switch (name.trim().toUpperCase(Locale.ROOT)) {
        case "ANSI_QUOTES", "ORACLE", "MSSQL", "POSTGRESQL", "DB2", "MAXDB" -> ansiQuotes = true;
        case "ANSI" -> {
          ansiQuotes = true;
          realAsFloat = true;
        }
        case "NO_BACKSLASH_ESCAPES" -> noBackslashEscapes = true;
        case "REAL_AS_FLOAT" -> realAsFloat = true;
        default -> {}
      }
    }
    return new SqlModes(ansiQuotes, noBackslashEscapes, realAsFloat);
  }
}
