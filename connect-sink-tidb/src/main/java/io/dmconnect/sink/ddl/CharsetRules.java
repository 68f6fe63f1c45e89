package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.Token;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.List;
import java.util.Locale;

/** Replaces character sets and collations that TiDB does not have. */
final class CharsetRules {

  static void apply(List<Token> tokens, TextEdits edits, List<String> notes) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isWord("collate")) {
        Token name = value(tokens, i + 1);
        replace(name, TiDbCompatibility.collation(text(name)), edits, notes);
      } else if (tokens.get(i).isWord("charset")) {
        Token name = value(tokens, i + 1);
        replace(name, TiDbCompatibility.charset(text(name)), edits, notes);
      } else if (tokens.get(i).isWord("set") && i > 0 && tokens.get(i - 1).isWord("character")) {
        Token name = value(tokens, i + 1);
        replace(name, TiDbCompatibility.charset(text(name)), edits, notes);
      }
    }
  }

  private static Token value(List<Token> tokens, int index) {
    int last = tokens.size() - 1;
    Token token = tokens.get(Math.min(index, last));
    return token.isSymbol('=') ? tokens.get(Math.min(index + 1, last)) : token;
  }

  /** A name may be in quotes of any kind. */
  private static String text(Token token) {
    String text = token.text();
    return text.length() > 2 && "'\"`".indexOf(text.charAt(0)) >= 0
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static void replace(Token token, String by, TextEdits edits, List<String> notes) {
    String name = text(token).toLowerCase(Locale.ROOT);
    boolean alias = name.equals(by) || name.replaceFirst("^utf8mb3", "utf8").equals(by);
    if (!alias && !name.equals("default")) {
      edits.replace(token, by);
      notes.add("TiDB has no " + name + ": " + by + " instead");
    }
  }

  private CharsetRules() {}
}
