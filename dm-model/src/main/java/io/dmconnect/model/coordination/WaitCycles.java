package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Stay;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds members that wait for each other: none of them can follow, so the one that came last is in
 * conflict. Works on classes of equal requests.
 */
final class WaitCycles {
  private final Map<String, Verdict> verdicts;
  private final Map<String, Set<String>> edges = new LinkedHashMap<>();

  private WaitCycles(Map<String, Verdict> verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * Turns into clashes the waits that would never end.
   *
   * @param verdicts the verdict per class, in order of arrival
   * @param firsts the request that came first per class
   * @param classes the class per pending member
   */
  static void resolve(
      Map<String, Verdict> verdicts, Map<String, Pending> firsts, Map<MemberId, String> classes) {
    WaitCycles cycles = new WaitCycles(verdicts);
    cycles.connect(classes);
    for (Map.Entry<String, Verdict> entry : verdicts.entrySet()) {
      String opponent = cycles.earlierInCycle(entry.getKey());
      if (opponent != null) {
        Pending mine = firsts.get(entry.getKey());
        Pending theirs = firsts.get(opponent);
        entry.setValue(
            new Clash(
                "It waits for "
                    + theirs.member()
                    + ", which stands at another change and waits for "
                    + mine.member(),
                Together.statements(mine),
                Together.statements(theirs)));
        cycles.edges.put(entry.getKey(), Set.of());
      }
    }
  }

  private void connect(Map<MemberId, String> classes) {
    verdicts.forEach(
        (key, verdict) -> {
          if (verdict instanceof Stay stay) {
            Set<String> next = new HashSet<>();
            for (MemberId member : stay.members()) {
              String other = classes.get(member);
              if (other != null && !other.equals(key)) {
                next.add(other);
              }
            }

            edges.put(key, next);
          }
        });
  }

  /** The class that came before in a cycle through this one; null when there is no cycle. */
  private String earlierInCycle(String key) {
    boolean before = true;
    for (String other : verdicts.keySet()) {
      if (other.equals(key)) {
        before = false;
      } else if (before && reaches(key, other) && reaches(other, key)) {
        return other;
      }
    }

    return null;
  }

  private boolean reaches(String from, String to) {
    Set<String> seen = new HashSet<>();
    Set<String> border = new HashSet<>(edges.getOrDefault(from, Set.of()));
    while (!border.isEmpty()) {
      if (border.contains(to)) {
        return true;
      }

      seen.addAll(border);
      Set<String> next = new HashSet<>();
      border.forEach(key -> next.addAll(edges.getOrDefault(key, Set.of())));
      next.removeAll(seen);
      border = next;
    }

    return false;
  }
}
