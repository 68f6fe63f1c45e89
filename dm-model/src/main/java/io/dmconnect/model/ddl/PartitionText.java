package io.dmconnect.model.ddl;

import java.util.ArrayList;
import java.util.List;

/** The text of a {@code PARTITION BY} clause: reading it, and changing its list of partitions. */
final class PartitionText {
  private final String head;
  private final List<String> definitions;

  private PartitionText(String head, List<String> definitions) {
    this.head = head;
    this.definitions = definitions;
  }

  /** Passes the clause, up to a query or the end, and gives its text. */
  static String parse(TokenCursor cursor) {
    int from = cursor.index();
    cursor.expect("PARTITION");
    cursor.expect("BY");
    boolean more = true;
    while (more) {
      if (cursor.isSymbol('(')) {
        cursor.skipParentheses();
      } else {
        cursor.next();
      }
      more = !cursor.atEnd() && !cursor.isSymbol(';') && !startsQuery(cursor);
    }
    return cursor.text(from, cursor.index());
  }

  private static boolean startsQuery(TokenCursor cursor) {
    return cursor.isWord("AS")
        || cursor.isWord("SELECT")
        || cursor.isWord("IGNORE")
        || cursor.isWord("REPLACE");
  }

  /** Passes {@code (PARTITION p …, …)} and gives the text of each definition. */
  static List<String> parseDefinitions(TokenCursor cursor) {
    List<String> definitions = new ArrayList<>();
    cursor.expect('(');
    do {
      int from = cursor.index();
      cursor.expect("PARTITION");
      while (!cursor.atEnd() && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
        if (cursor.isSymbol('(')) {
          cursor.skipParentheses();
        } else {
          cursor.next();
        }
      }
      definitions.add(cursor.text(from, cursor.index()));
    } while (cursor.accept(','));
    cursor.expect(')');
    return definitions;
  }

  /** The clause after a change of its partitions. */
  static String apply(String partitioning, PartitionChange change) {
    PartitionText text = of(partitioning);
    return switch (change.operation()) {
      case ADD -> change.count() > 0 ? text.resized(change.count()) : text.added(change);
      case DROP -> text.replaced(change.names(), List.of());
      case REORGANIZE -> text.replaced(change.names(), change.definitions());
      case COALESCE -> text.resized(-change.count());
    };
  }

  private static PartitionText of(String partitioning) {
    TokenCursor cursor = new TokenCursor(partitioning, SqlModes.DEFAULT);
    while (!cursor.atEnd()) {
      if (cursor.isSymbol('(') && cursor.peek(1).isWord("PARTITION")) {
        String head = cursor.text(0, cursor.index());
        return new PartitionText(head, parseDefinitions(cursor));
      }
      if (cursor.isSymbol('(')) {
        cursor.skipParentheses();
      } else {
        cursor.next();
      }
    }
    return new PartitionText(partitioning, List.of());
  }

  private String added(PartitionChange change) {
    List<String> all = new ArrayList<>(definitions);
    all.addAll(change.definitions());
    return text(all);
  }

  private String replaced(List<String> names, List<String> replacements) {
    List<String> kept = new ArrayList<>();
    boolean inserted = false;
    for (String definition : definitions) {
      if (!containsName(names, definition)) {
        kept.add(definition);
      } else if (!inserted) {
        kept.addAll(replacements);
        inserted = true;
      }
    }
    return text(kept);
  }

  private static boolean containsName(List<String> names, String definition) {
    String name = SqlTokenizer.tokenize(definition, SqlModes.DEFAULT).get(1).identifier();
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Changes the number of hash or key partitions, stated as {@code PARTITIONS n} or as a list. */
  private String resized(int by) {
    if (!definitions.isEmpty()) {
      List<String> all = new ArrayList<>(definitions);
      for (int i = by; i < 0 && !all.isEmpty(); i++) {
        all.remove(all.size() - 1);
      }
      for (int i = 0; i < by; i++) {
        all.add("PARTITION p" + all.size());
      }
      return text(all);
    }
    TokenCursor cursor = new TokenCursor(head, SqlModes.DEFAULT);
    while (!cursor.atEnd()) {
      if (cursor.accept("PARTITIONS")) {
        Token count = cursor.peek();
        int resized = cursor.expectInt("a number of partitions") + by;
        return head.substring(0, count.start()) + resized + head.substring(count.end());
      }
      cursor.next();
    }
    return head + " PARTITIONS " + (1 + by);
  }

  private String text(List<String> all) {
    return head + " (" + String.join(", ", all) + ")";
  }
}
