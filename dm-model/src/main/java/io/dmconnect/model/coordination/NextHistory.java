package io.dmconnect.model.coordination;

import io.dmconnect.model.join.ColumnValues;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known besides the schemas once a plan has been carried out. */
final class NextHistory {
  private final GroupState state;
  private final GroupHistory old;
  private final Plan plan;
  private final TableSchema joined;
  private final Collection<Pending> done;
  private final View view;
  private final boolean awaiting;
  private final NavigableMap<String, String> renames = new TreeMap<>();

  /**
   * The history after a group's state.
   *
   * @param done the requests that the plan completes
   * @param view the members then
   */
  NextHistory(GroupState state, Plan plan, Collection<Pending> done, View view) {
    this.state = state;
    this.old = state.core().history().withoutColumns(RequestColumns.ended(done));
    this.plan = plan;
    this.joined = plan.joined();
    this.done = done;
    this.view = view;
    this.awaiting = state.isAwaiting(done);
    done.forEach(pending -> renames.putAll(pending.request().renames()));
  }

  GroupHistory get() {
    return new GroupHistory(
        plan.formerIndexes(),
        fills(),
        residues(),
        coming(),
        PartitionRows.ahead(old.ahead(), done, view),
        plan.accepted());
  }

  private NavigableMap<String, NavigableSet<MemberId>> residues() {
    NavigableMap<String, NavigableSet<MemberId>> residues = new TreeMap<>();
    renamed(old.residues(), done)
        .forEach((column, members) -> residues.put(renamed(column), members));
    for (Pending pending : done) {
      RequestColumns.added(pending.request())
          .forEach(column -> remove(residues, name(column), pending.member()));
      RequestColumns.dropped(pending.request())
          .forEach(column -> add(residues, name(column), pending.member()));
    }

    residues.keySet().removeIf(column -> !isThere(column));
    residues.replaceAll(
        (column, members) ->
            members.stream().filter(view::has).collect(Collectors.toCollection(TreeSet::new)));
    residues.values().removeIf(NavigableSet::isEmpty);
    return residues;
  }

  /** Columns that were added by a change, until every member has them or none does. */
  private NavigableSet<String> coming() {
    NavigableSet<String> coming = new TreeSet<>();
    old.coming().forEach(column -> coming.add(renamed(column)));
    for (Pending pending : done) {
      if (pending.request().before() != null) {
        RequestColumns.added(pending.request()).forEach(column -> coming.add(name(column)));
      }
    }

    coming.removeIf(column -> !isJoined(column) || (!awaiting && view.allHave(column)));
    return coming;
  }

  private NavigableMap<String, String> fills() {
    NavigableMap<String, String> known = new TreeMap<>();
    old.fills().forEach((column, fill) -> known.put(renamed(column), fill));
    NavigableMap<String, String> result = new TreeMap<>();
    if (joined == null) {
      return result;
    }

    known.forEach(
        (name, fill) -> {
          if (!isJoined(name) && isThere(name) && !isLeftWithNulls(name)) {
            result.put(name, fill);
          }
        });
    for (ColumnSchema column : joined.columns()) {
      String name = name(column);
      boolean held = known.containsKey(name) && awaiting;
      if (held || !view.allHave(name)) {
        result.put(name, known.containsKey(name) ? known.get(name) : fill(column));
      }
    }

    return result;
  }

  /** Whether NULL is a value of its own in a column that a table leaves, not only others' fill. */
  private boolean isLeftWithNulls(String name) {
    return done.stream()
        .filter(pending -> pending.request().isDeselection() && pending.request().before() != null)
        .flatMap(pending -> pending.request().before().column(name).stream())
        .anyMatch(column -> column.nullable() && !ColumnValues.hasLiteralDefault(column.type()));
  }

  /** Rows have had what the merged table kept. */
  private String fill(ColumnSchema column) {
    return KeptColumns.isKept(state, column.name())
        ? Fills.of(state.core().target().column(column.name()).orElseThrow())
        : newFill(column);
  }

  /** What the members that have the column say, since the join may have had to relax it. */
  private String newFill(ColumnSchema column) {
    for (Pending pending : done) {
      for (ColumnSchema own : RequestColumns.fresh(pending.request())) {
        if (own.name().equalsIgnoreCase(column.name())) {
          return Fills.of(own);
        }
      }
    }

    List<String> holders =
        view.distinct().stream()
            .flatMap(schema -> schema.column(column.name()).stream())
            .map(Fills::of)
            .distinct()
            .toList();
    return holders.size() == 1 ? holders.get(0) : Fills.of(column);
  }

  /** Also one that the merged table keeps for no member. */
  private boolean isThere(String column) {
    return isJoined(column) || (plan.target() != null && plan.target().column(column).isPresent());
  }

  private boolean isJoined(String column) {
    return joined != null && joined.column(column).isPresent();
  }

  private String renamed(String column) {
    String name = renames.get(column);
    return name == null ? column : RequestColumns.lower(name);
  }

  /** Sets of members, in which those that were renamed within the group have their new names. */
  static NavigableMap<String, NavigableSet<MemberId>> renamed(
      NavigableMap<String, NavigableSet<MemberId>> known, Collection<Pending> done) {
    NavigableMap<String, NavigableSet<MemberId>> result = new TreeMap<>(known);
    for (Pending pending : done) {
      MemberId name = pending.request().renamedTo();
      if (name != null) {
        result.replaceAll((key, members) -> renamed(members, pending.member(), name));
      }
    }

    return result;
  }

  private static NavigableSet<MemberId> renamed(
      NavigableSet<MemberId> members, MemberId before, MemberId after) {
    NavigableSet<MemberId> result = new TreeSet<>(members);
    if (result.remove(before)) {
      result.add(after);
    }

    return result;
  }

  static void add(
      NavigableMap<String, NavigableSet<MemberId>> residues, String column, MemberId member) {
    NavigableSet<MemberId> members = new TreeSet<>(residues.getOrDefault(column, new TreeSet<>()));
    members.add(member);
    residues.put(column, members);
  }

  static void remove(
      NavigableMap<String, NavigableSet<MemberId>> residues, String column, MemberId member) {
    NavigableSet<MemberId> members = new TreeSet<>(residues.getOrDefault(column, new TreeSet<>()));
    members.remove(member);
    residues.put(column, members);
  }

  private static String name(ColumnSchema column) {
    return RequestColumns.lower(column.name());
  }
}
