package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.Token;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What TiDB does not take in a column's definition. */
final class ColumnRules {
  private static final Set<String> KEY_WORDS =
      Set.of(
          "key",
          "index",
          "unique",
          "primary",
          "constraint",
          "foreign",
          "check",
          "fulltext",
          "spatial",
          "period");

  /** Whether a part of CREATE TABLE's list defines a key or constraint. */
  static boolean isKey(Token first) {
    return first.kind() == Token.Kind.WORD
        && KEY_WORDS.contains(first.text().toLowerCase(Locale.ROOT));
  }

  /**
   * Applies the rules to a definition.
   *
   * @param definition the tokens from the column's name on
   * @param added whether the column is added to a table that is there
   */
  static void apply(List<Token> definition, boolean added, TextEdits edits, List<String> notes) {
    if (definition.size() < 2) {
      return;
    }

    Token type = definition.get(1);
    String typeName = type.text().toLowerCase(Locale.ROOT);
    String supported = TiDbCompatibility.columnType(typeName);
    if (!supported.equals(typeName)) {
      edits.replace(type, supported);
      notes.add("TiDB has no type " + typeName + ": " + supported + " instead");
    }

    for (int i = 2; i < definition.size(); i++) {
      Token token = definition.get(i);
      boolean hasNext = i + 1 < definition.size();
      if (token.isWord("invisible")) {
        edits.remove(token, token);
        notes.add("TiDB has no invisible columns");
      } else if (token.isWord("srid") && hasNext) {
        edits.remove(token, definition.get(i + 1));
      } else if (token.isWord("stored") && added) {
        edits.replace(token, "VIRTUAL");
        notes.add("TiDB adds generated columns as virtual only");
      } else if (token.isWord("default") && hasNext && definition.get(i + 1).isSymbol('(')) {
        int close = close(definition, i + 1);
        if (!isSupported(definition.get(i + 2))) {
          edits.remove(token, definition.get(close));
          notes.add("TiDB does not take this default: " + definition.get(i + 2));
        }

        i = close;
      }
    }
  }

  private static boolean isSupported(Token function) {
    return TiDbCompatibility.DEFAULT_FUNCTIONS.contains(function.text().toLowerCase(Locale.ROOT));
  }

  /** The index of the parenthesis that closes the one at {@code open}. */
  static int close(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol('(')) {
        depth++;
      } else if (tokens.get(i).isSymbol(')') && --depth == 0) {
        return i;
      }
    }

    return tokens.size() - 1;
  }

  private ColumnRules() {}
}
