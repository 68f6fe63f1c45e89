package io.dmconnect.sink.ddl;

import io.dmconnect.model.ddl.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An ALTER TABLE cut into its parts.
 *
 * @param sql the statement
 * @param prefixEnd where the table's name ends
 * @param specs the parts in order
 */
record AlterTableText(String sql, int prefixEnd, List<Spec> specs) {
  private static final int LAST = 4;
  private static final List<String> KEY_WORDS =
      List.of(
          "index",
          "key",
          "unique",
          "fulltext",
          "spatial",
          "primary",
          "constraint",
          "foreign",
          "check");

  /**
   * One part.
   *
   * @param tokens its tokens, at least one
   * @param start where its text begins
   * @param end where its text ends, before the comma
   */
  record Spec(List<Token> tokens, int start, int end) {

    boolean startsWith(String... words) {
      for (int i = 0; i < words.length; i++) {
        if (i >= tokens.size() || !tokens.get(i).isWord(words[i])) {
          return false;
        }
      }

      return true;
    }

    String firstWord() {
      return tokens.get(0).text().toLowerCase(Locale.ROOT);
    }
  }

  /** Cuts a statement; null when it is no ALTER TABLE. */
  static AlterTableText parse(String sql, List<Token> tokens) {
    int i = 0;
    while (i < tokens.size() && !tokens.get(i).isWord("table")) {
      i++;
    }

    i++;
    if (i + 1 >= tokens.size()) {
      return null;
    }

    if (tokens.get(i).isWord("if")) {
      i += 2;
    }

    int name = tokens.get(i + 1).isSymbol('.') ? i + 2 : i;
    return new AlterTableText(sql, tokens.get(name).end(), specs(sql, tokens, name + 1));
  }

  private static List<Spec> specs(String sql, List<Token> tokens, int from) {
    List<Spec> specs = new ArrayList<>();
    int first = from;
    int start = tokens.get(from - 1).end();
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSymbol('(')) {
        i = ColumnRules.close(tokens, i);
      } else if (token.isSymbol(',') && !tokens.get(first).isWord("order")) {
        specs.add(new Spec(tokens.subList(first, i), start, token.start()));
        first = i + 1;
        start = token.end();
      }
    }

    if (first < tokens.size()) {
      specs.add(new Spec(tokens.subList(first, tokens.size()), start, sql.length()));
    }

    return specs;
  }

  /** See {@link DdlAdapter#split}. */
  List<String> split() {
    long renamed =
        specs.stream()
            .filter(spec -> spec.startsWith("change") || spec.startsWith("rename", "column"))
            .count();
    if (specs.size() < 2 || renamed > 1) {
      return List.of(sql);
    }

    List<String> statements = new ArrayList<>();
    for (int rank = 0; rank <= LAST; rank++) {
      for (Spec spec : specs) {
        if (rank(spec) == rank) {
          statements.add(sql.substring(0, prefixEnd) + " " + text(spec));
        }
      }
    }

    return statements;
  }

  String text(Spec spec) {
    return sql.substring(spec.start(), spec.end()).trim();
  }

  private static int rank(Spec spec) {
    if (spec.startsWith("drop", "foreign")) {
      return 0;
    }

    if (spec.startsWith("drop", "index") || spec.startsWith("drop", "key")) {
      return 1;
    }

    boolean newName =
        spec.startsWith("rename")
            && !spec.startsWith("rename", "column")
            && !spec.startsWith("rename", "index")
            && !spec.startsWith("rename", "key");
    return newName ? LAST : isNewKey(spec) ? 3 : 2;
  }

  /** It may be of columns that the statement adds or renames anywhere. */
  private static boolean isNewKey(Spec spec) {
    return KEY_WORDS.stream().anyMatch(word -> spec.startsWith("add", word));
  }
}
