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

    List<Definition> current = new ArrayList<>(old.partitions());
    List<Definition> surplus = new ArrayList<>(current);
    surplus.removeAll(wanted.partitions());
    add(draft, current, wanted);
    if (!surplus.isEmpty()) {
      String names = String.join(", ", surplus.stream().map(p -> TableId.quote(p.name())).toList());
      draft.partition("DROP PARTITION " + names, to);
    }
  }

  /** Whether both have the same head and the partitions they share are the same, in order. */
  private static boolean byPartition(Partitioning old, Partitioning wanted) {
    if (!old.head().equalsIgnoreCase(wanted.head()) || old.partitions().isEmpty()) {
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
            new Partitioning(wanted.head(), List.copyOf(current)).sql());
        pending.clear();
      }
    }

    if (!pending.isEmpty()) {
      current.addAll(pending);
      draft.partition(
          "ADD PARTITION " + list(pending),
          new Partitioning(wanted.head(), List.copyOf(current)).sql());
    }
  }

  private static String list(List<Definition> partitions) {
    return "(" + String.join(", ", partitions.stream().map(Definition::sql).toList()) + ")";
  }

  private PartitionDiff() {}
}
