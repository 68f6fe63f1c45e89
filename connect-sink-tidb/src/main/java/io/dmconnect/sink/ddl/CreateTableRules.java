package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.Token;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.target.TiDbCompatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What TiDB does not take in CREATE TABLE. */
final class CreateTableRules {
  private final String sql;
  private final List<Token> tokens;
  private final TextEdits edits;
  private final List<String> notes;

  CreateTableRules(String sql, List<Token> tokens, TextEdits edits, List<String> notes) {
    this.sql = sql;
    this.tokens = tokens;
    this.edits = edits;
    this.notes = notes;
  }

  void apply(TableSchema after) {
    int open = 0;
    while (open < tokens.size() && !tokens.get(open).isSymbol('(')) {
      if (tokens.get(open).isWord("like") || tokens.get(open).isWord("select")) {
        return;
      }

      open++;
    }

    if (open + 1 >= tokens.size() || tokens.get(open + 1).isWord("like")) {
      return;
    }

    int close = ColumnRules.close(tokens, open);
    applyToDefinitions(open, close);
    applyToOptions(close);
    stateCharset(close, after);
  }

  private void applyToDefinitions(int open, int close) {
    int first = open + 1;
    int comma = -1;
    boolean dropped = false;
    for (int i = open + 1; i <= close; i++) {
      if (tokens.get(i).isSymbol('(')) {
        i = ColumnRules.close(tokens, i);
      } else if (tokens.get(i).isSymbol(',') || i == close) {
        List<Token> definition = tokens.subList(first, i);
        if (isRefusedKey(definition)) {
          int from = comma >= 0 ? tokens.get(comma).start() : definition.get(0).start();
          int to = comma >= 0 || i == close ? tokens.get(i).start() : tokens.get(i).end();
          edits.remove(from, to);
          notes.add("TiDB has no full-text and spatial indexes");
          dropped = true;
        } else {
          if (!ColumnRules.isKey(definition.get(0))) {
            ColumnRules.apply(definition, false, edits, notes);
          }

          dropped = false;
        }

        comma = dropped && comma < 0 ? -1 : i;
        first = i + 1;
      }
    }
  }

  private static boolean isRefusedKey(List<Token> definition) {
    return definition.get(0).isWord("fulltext") || definition.get(0).isWord("spatial");
  }

  private void applyToOptions(int close) {
    for (int i = close + 1; i < tokens.size() - 1; i++) {
      Token token = tokens.get(i);
      if (token.isWord("start") && tokens.get(i + 1).isWord("transaction")) {
        edits.remove(token, tokens.get(i + 1));
        notes.add("START TRANSACTION is left out");
      } else if (token.isWord("partition")) {
        return;
      } else if (token.kind() == Token.Kind.WORD
          && TiDbCompatibility.REFUSED_TABLE_OPTIONS.contains(
              token.text().toLowerCase(Locale.ROOT))) {
        int value = tokens.get(i + 1).isSymbol('=') ? i + 2 : i + 1;
        int end = tokens.get(value).isSymbol('(') ? ColumnRules.close(tokens, value) : value;
        edits.remove(token, tokens.get(end));
        notes.add("TiDB does not take the option " + token.text());
        i = end;
      }
    }
  }

  /** Without a stated charset the target's own default would count, not the upstream's. */
  private void stateCharset(int close, TableSchema after) {
    String charset = after == null ? null : after.options().get("charset");
    if (charset == null) {
      return;
    }

    for (int i = close + 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isWord("charset") || token.isWord("collate") || token.isWord("character")) {
        return;
      }
    }

    List<String> options = new ArrayList<>();
    options.add("DEFAULT CHARSET=" + TiDbCompatibility.charset(charset));
    String collation = after.options().get("collate");
    if (collation != null) {
      options.add("COLLATE=" + TiDbCompatibility.collation(collation));
    }

    String text = " " + String.join(" ", options);
    boolean more = close + 1 < sql.length() && tokens.get(close).end() < sql.length();
    edits.insert(tokens.get(close).end(), more ? text + " " : text);
  }
}
