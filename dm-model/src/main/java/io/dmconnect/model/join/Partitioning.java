package io.dmconnect.model.join;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A {@code PARTITION BY} clause cut into its head and its partitions.
 *
 * <p>Equal to another one that means the same, however it is written.
 *
 * @param head the text before the list of partitions, white space normalised
 * @param key the same as {@link PartitionKey} has it
 * @param partitions the partitions' definitions in order; empty for hash and key partitioning
 */
record Partitioning(String head, String key, List<Partitioning.Definition> partitions) {

  /**
   * One partition; equal to one that means the same.
   *
   * @param name the name without quotes, lower case
   * @param sql the definition's text
   * @param key the same as {@link PartitionKey} has it
   */
  record Definition(String name, String sql, String key) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Definition definition && key.equals(definition.key);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }

  private static Partitioning of(String head, List<Definition> partitions) {
    return new Partitioning(head, PartitionKey.of(head), partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Partitioning clause
        && key.equals(clause.key)
        && partitions.equals(clause.partitions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, partitions);
  }

  /** Whether two clauses mean the same; either is null for none. */
  static boolean isSame(String first, String second) {
    return Objects.equals(first, second) || Objects.equals(parse(first), parse(second));
  }

  /** Takes a clause apart; null for null. */
  static Partitioning parse(String clause) {
    if (clause == null) {
      return null;
    }

    String text = Canonical.spaces(clause);
    int list = listStart(text);
    if (list < 0) {
      return of(text, List.of());
    }

    List<Definition> partitions = new ArrayList<>();
    for (String item : items(text, list + 1, text.lastIndexOf(')'))) {
      partitions.add(new Definition(name(item), item, PartitionKey.of(item)));
    }

    return of(text.substring(0, list).strip(), partitions);
  }

  /** The clause with other partitions. */
  Partitioning with(List<Definition> others) {
    return new Partitioning(head, key, List.copyOf(others));
  }

  /** The clause's text. */
  String sql() {
    return partitions.isEmpty()
        ? head
        : head + " (" + String.join(", ", partitions.stream().map(Definition::sql).toList()) + ")";
  }

  boolean isRange() {
    return head.toUpperCase(Locale.ROOT).startsWith("PARTITION BY RANGE");
  }

  List<String> names() {
    return partitions.stream().map(Definition::name).toList();
  }

  /** The partition of that name; null when there is none. */
  Definition definition(String name) {
    return partitions.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * The clause with the partitions of all; null when they contradict each other: another head, one
   * partition defined in two ways, or range partitions whose order neither their bounds nor the
   * clauses tell.
   */
  static Partitioning join(List<Partitioning> clauses) {
    Partitioning first = clauses.get(0);
    if (clauses.stream().anyMatch(c -> !c.key.equals(first.key))) {
      return null;
    }

    List<String> order =
        ColumnOrder.merge(clauses.stream().map(Partitioning::names).toList(), null);
    List<Definition> merged = new ArrayList<>();
    for (String name : order) {
      List<Definition> definitions =
          clauses.stream()
              .map(c -> c.definition(name))
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      if (definitions.size() > 1) {
        return null;
      }

      merged.add(definitions.get(0));
    }

    if (first.isRange()) {
      List<Definition> sorted = RangeBound.sorted(merged);
      merged = sorted != null || !isTheOnlyOrder(order, clauses) ? sorted : merged;
    }

    return merged == null ? null : first.with(merged);
  }

  /** Whether each name but the last is followed by the next in a clause, too. */
  private static boolean isTheOnlyOrder(List<String> order, List<Partitioning> clauses) {
    for (int i = 1; i < order.size(); i++) {
      List<String> pair = order.subList(i - 1, i + 1);
      if (clauses.stream().noneMatch(c -> Collections.indexOfSubList(c.names(), pair) >= 0)) {
        return false;
      }
    }

    return true;
  }

  /** Where the list of partition definitions opens; -1 when there is none. */
  private static int listStart(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"' || c == '`') {
        i = closingQuote(text, i);
      } else if (c == '(') {
        boolean list =
            depth == 0
                && text.substring(i + 1).strip().toUpperCase(Locale.ROOT).startsWith("PARTITION ");
        if (list) {
          return i;
        }

        depth++;
      } else if (c == ')') {
        depth--;
      }
    }

    return -1;
  }

  private static List<String> items(String text, int from, int to) {
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = from;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"' || c == '`') {
        i = closingQuote(text, i);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        items.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }

    items.add(text.substring(start, to).strip());
    return items;
  }

  private static int closingQuote(String text, int open) {
    int close = text.indexOf(text.charAt(open), open + 1);
    return close < 0 ? text.length() - 1 : close;
  }

  private static String name(String definition) {
    String rest = definition.substring("PARTITION ".length()).strip();
    int end = rest.startsWith("`") ? rest.indexOf('`', 1) : rest.indexOf(' ');
    String name = end < 0 ? rest : rest.substring(0, end);
    return name.replace("`", "").toLowerCase(Locale.ROOT);
  }
}
