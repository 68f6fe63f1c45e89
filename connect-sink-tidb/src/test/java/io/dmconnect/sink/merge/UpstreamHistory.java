package io.dmconnect.sink.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A random history of a table {@code (id, u, v)} with a primary key on {@code id} and a unique key
 * on {@code u}, as an upstream allows it: no step breaks a key.
 */
final class UpstreamHistory {
  static final int IDS = 6;
  private static final int UNIQUES = 5;

  /** One step: before is null for an insert, after is null for a delete. */
  record Change(List<Integer> before, List<Integer> after) {
    boolean changesKey() {
      return before != null && after != null && !before.get(0).equals(after.get(0));
    }
  }

  private final Random random;
  private final List<Change> changes = new ArrayList<>();
  private final List<TreeMap<Integer, List<Integer>>> states = new ArrayList<>();
  private TreeMap<Integer, List<Integer>> rows = new TreeMap<>();

  UpstreamHistory(long seed, int length) {
    random = new Random(seed);
    for (int i = 0; i < IDS; i++) {
      tryChange(null, anyRow());
    }

    changes.clear();
    states.clear();
    states.add(rows);
    while (changes.size() < length) {
      step();
    }
  }

  /** The steps in order. */
  List<Change> changes() {
    return changes;
  }

  /** The rows after that many steps, by key. */
  SortedMap<Integer, List<Integer>> state(int steps) {
    return states.get(steps);
  }

  /** The rows after the last step. */
  SortedMap<Integer, List<Integer>> end() {
    return rows;
  }

  private void step() {
    List<Integer> before = rows.get(random.nextInt(IDS));
    if (before == null) {
      tryChange(null, anyRow());
      return;
    }

    if (random.nextInt(4) == 0) {
      tryChange(before, null);
      return;
    }

    List<Integer> after = anyRow();
    boolean keepsKey = random.nextInt(5) > 0;
    tryChange(before, keepsKey ? row(before.get(0), after.get(1), after.get(2)) : after);
  }

  private List<Integer> anyRow() {
    int unique = random.nextInt(UNIQUES + 1);
    return row(random.nextInt(IDS), unique == UNIQUES ? null : unique, random.nextInt(100));
  }

  private static List<Integer> row(Integer id, Integer u, Integer v) {
    return Arrays.asList(id, u, v);
  }

  private void tryChange(List<Integer> before, List<Integer> after) {
    TreeMap<Integer, List<Integer>> next = new TreeMap<>(rows);
    if (before != null) {
      next.remove(before.get(0));
    }

    if (after != null) {
      if (next.values().stream().anyMatch(row -> collide(row, after))) {
        return;
      }

      next.put(after.get(0), after);
    }

    rows = next;
    changes.add(new Change(before, after));
    states.add(next);
  }

  private static boolean collide(List<Integer> one, List<Integer> other) {
    return one.get(0).equals(other.get(0))
        || (one.get(1) != null && Objects.equals(one.get(1), other.get(1)));
  }
}
