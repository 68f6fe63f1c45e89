package io.dmconnect.model.join;

import io.dmconnect.model.TableId;
import io.dmconnect.model.join.Partitioning.Definition;
import java.util.ArrayList;
import java.util.List;

/** The statements between two partitionings. */
final class PartitionDiff {

  /** Adds to the draft what turns one clause into the other; either is null for none. */
  static void apply(DiffDraft draft, String from, String to) {
    Partitioning old = Partitioning.parse(from);
    Partitioning wanted = Partitioning.parse(to);
    if (wanted == null) {
      if (old != null) {
        draft.partition("REMOVE PARTITIONING", null);
      }

      return;
    }

    if (wanted.equals(old)) {
      return;
    }

    if (old == null || !byPartition(old, wanted)) {
      draft.partition(to, to);
      return;
    }

    List<Gap> gaps = gaps(old, wanted);
    if (gaps.stream().anyMatch(Gap::isReplaced)) {
      replace(draft, gaps, wanted);
      return;
    }

    List<Definition> current = new ArrayList<>(old.partitions());
    List<Definition> surplus = new ArrayList<>(current);
    surplus.removeAll(wanted.partitions());
    add(draft, current, wanted);
    if (!surplus.isEmpty()) {
      String names = String.join(", ", surplus.stream().map(p -> TableId.quote(p.name())).toList());
      draft.partition("DROP PARTITION " + names, to);
    }
  }

  /**
   * What is between two partitions that both clauses have.
   *
   * @param old the partitions that only the old clause has there
   * @param wanted those that only the wanted one has there
   * @param isLast whether it is above all shared ones
   */
  private record Gap(List<Definition> old, List<Definition> wanted, boolean isLast) {

    /** Whether the rows of partitions there belong to others now. */
    boolean isReplaced() {
      return !old.isEmpty() && !wanted.isEmpty();
    }

    boolean isEmpty() {
      return old.isEmpty() && wanted.isEmpty();
    }

    /** Whether both end with the same value, or the wanted ones may end higher. */
    boolean endsAlike() {
      return isLast || values(old).equals(values(wanted));
    }

    private static String values(List<Definition> partitions) {
      String key = partitions.get(partitions.size() - 1).key();
      int start = key.indexOf("VALUES LESS THAN");
      return start < 0 ? key : key.substring(start);
    }
  }

  private static List<Gap> gaps(Partitioning old, Partitioning wanted) {
    List<Gap> gaps = new ArrayList<>();
    int from = 0;
    int to = 0;
    for (Definition shared : old.partitions()) {
      int at = wanted.partitions().indexOf(shared);
      if (at >= 0) {
        int here = old.partitions().indexOf(shared);
        gaps.add(
            new Gap(
                old.partitions().subList(from, here), wanted.partitions().subList(to, at), false));
        from = here + 1;
        to = at + 1;
      }
    }

    gaps.add(
        new Gap(
            old.partitions().subList(from, old.partitions().size()),
            wanted.partitions().subList(to, wanted.partitions().size()),
            true));
    return gaps;
  }

  /** Keeps every row: one statement for one place, else the table is partitioned anew. */
  private static void replace(DiffDraft draft, List<Gap> gaps, Partitioning wanted) {
    List<Gap> changed = gaps.stream().filter(gap -> !gap.isEmpty()).toList();
    Gap gap = changed.get(0);
    if (changed.size() > 1 || !wanted.isRange() || !gap.endsAlike()) {
      draft.partition(wanted.sql(), wanted.sql());
      return;
    }

    String names = String.join(", ", gap.old().stream().map(p -> TableId.quote(p.name())).toList());
    draft.partition("REORGANIZE PARTITION " + names + " INTO " + list(gap.wanted()), wanted.sql());
  }

  /** Whether both have the same head and the partitions they share are the same, in order. */
  private static boolean byPartition(Partitioning old, Partitioning wanted) {
    if (!old.key().equals(wanted.key()) || old.partitions().isEmpty()) {
      return false;
    }

    List<Definition> shared = new ArrayList<>(old.partitions());
    shared.retainAll(wanted.partitions());
    List<Definition> sharedNow = new ArrayList<>(wanted.partitions());
    sharedNow.retainAll(old.partitions());
    boolean renamed =
        old.partitions().stream()
            .anyMatch(p -> !shared.contains(p) && wanted.definition(p.name()) != null);
    return !shared.isEmpty() && shared.equals(sharedNow) && !renamed;
  }

  private static void add(DiffDraft draft, List<Definition> current, Partitioning wanted) {
    List<Definition> pending = new ArrayList<>();
    for (Definition partition : wanted.partitions()) {
      if (!current.contains(partition)) {
        pending.add(partition);
        continue;
      }

      if (!pending.isEmpty() && wanted.isRange()) {
        int at = current.indexOf(partition);
        current.addAll(at, pending);
        pending.add(partition);
        draft.partition(
            "REORGANIZE PARTITION " + TableId.quote(partition.name()) + " INTO " + list(pending),
            wanted.with(current).sql());
        pending.clear();
      }
    }

    if (!pending.isEmpty()) {
      current.addAll(pending);
      draft.partition("ADD PARTITION " + list(pending), wanted.with(current).sql());
    }
  }

  private static String list(List<Definition> partitions) {
    return "(" + String.join(", ", partitions.stream().map(Definition::sql).toList()) + ")";
  }

  private PartitionDiff() {}
}
