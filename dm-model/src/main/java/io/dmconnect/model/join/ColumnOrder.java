package io.dmconnect.model.join;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One order for names that several lists have in different orders. */
final class ColumnOrder {

  /**
   * The merged order: that of the lists when they agree; else that of the base (by default the
   * longest list, the alphabetically first of several), the other names each before the name that
   * follows it in its own list, or at the end. Does not depend on the order of the lists.
   *
   * @param base the names whose order is kept when the lists disagree; null for none
   */
  static List<String> merge(Collection<List<String>> lists, List<String> base) {
    List<List<String>> distinct =
        lists.stream()
            .distinct()
            .sorted(
                Comparator.<List<String>>comparingInt(list -> -list.size())
                    .thenComparing(list -> String.join("\0", list)))
            .toList();
    if (distinct.size() == 1) {
      return distinct.get(0);
    }

    Set<String> all = new HashSet<>();
    distinct.forEach(all::addAll);
    List<String> result = new ArrayList<>();
    for (String name : base == null ? distinct.get(0) : base) {
      if (all.contains(name)) {
        result.add(name);
      }
    }

    distinct.forEach(list -> insertMissing(result, list));
    return result;
  }

  /** Adds the names of a list that the result lacks, each before its successor. */
  static void insertMissing(List<String> result, List<String> list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (!result.contains(list.get(i))) {
        int successor = i + 1 < list.size() ? result.indexOf(list.get(i + 1)) : result.size();
        result.add(successor, list.get(i));
      }
    }
  }

  private ColumnOrder() {}
}
