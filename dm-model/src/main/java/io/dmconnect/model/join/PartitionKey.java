package io.dmconnect.model.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Partition clauses in a form that is equal for those that mean the same: people write them in one
 * way, MySQL's and TiDB's SHOW CREATE TABLE in others. Pure functions.
 */
final class PartitionKey {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>/\\*!\\d*|\\*/|/\\*.*?\\*/)"
              + "|'(?:[^'\\\\]|\\\\.|'')*+'|\"(?:[^\"\\\\]|\\\\.|\"\")*+\"|`(?:[^`]|``)*+`|[\\w$]+|\\S",
          Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);
  private static final Set<String> KEYWORDS =
      Set.of(
          "PARTITION",
          "PARTITIONS",
          "SUBPARTITION",
          "SUBPARTITIONS",
          "BY",
          "RANGE",
          "LIST",
          "HASH",
          "KEY",
          "LINEAR",
          "COLUMNS",
          "ALGORITHM",
          "VALUES",
          "LESS",
          "THAN",
          "IN",
          "MAXVALUE",
          "DEFAULT",
          "NULL",
          "COMMENT",
          "INTERVAL",
          "FROM",
          "DIV",
          "MOD");

  /** A clause, or one partition of it: keywords, names and bounds alike, without the engine. */
  static String of(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      if (matcher.group("comment") == null) {
        tokens.add(matcher.group());
      }
    }

    List<String> key = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean engine = token.equalsIgnoreCase("ENGINE") && !isListed(key, next(tokens, i));
      if (engine) {
        i += next(tokens, i).equals("=") ? 2 : 1;
      } else {
        key.add(canonical(token, next(tokens, i)));
      }
    }

    return bounds(String.join(" ", key));
  }

  /** Whether a word stands alone between parentheses and commas, as a column does. */
  private static boolean isListed(List<String> before, String next) {
    String last = before.isEmpty() ? "" : before.get(before.size() - 1);
    return (last.equals("(") || last.equals(",")) && (next.equals(")") || next.equals(","));
  }

  private static String next(List<String> tokens, int index) {
    return index + 1 < tokens.size() ? tokens.get(index + 1) : "";
  }

  private static String canonical(String token, String next) {
    char first = token.charAt(0);
    if (first == '`') {
      return token.toLowerCase(Locale.ROOT);
    }

    if (first == '"' && token.length() > 1) {
      String content = token.substring(1, token.length() - 1).replace("\"\"", "\"");
      return "'" + content.replace("'", "''") + "'";
    }

    boolean word = Character.isLetter(first) || first == '_' || first == '$';
    if (!word) {
      return token;
    }

    String upper = token.toUpperCase(Locale.ROOT);
    boolean keyword = KEYWORDS.contains(upper) || next.equals("(") || next.equalsIgnoreCase("FROM");
    return keyword ? upper : '`' + token.toLowerCase(Locale.ROOT) + '`';
  }

  private static String bounds(String key) {
    return key.replace("THAN MAXVALUE", "THAN ( MAXVALUE )");
  }

  private PartitionKey() {}
}
