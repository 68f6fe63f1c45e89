package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Stay;
import io.dmconnect.model.join.SchemaParts;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The optimistic modes' rules for statements that move a shard's rows in a way the binlog does not
 * tell, TRUNCATE and EXCHANGE PARTITION. The merged table's partition has the rows of all shards:
 * it is emptied when all of them stand at the statement, and nothing passes unseen.
 */
final class PartitionRows {
  private static final int KEPT = 64;

  /** The verdict on such a request; null for any other, and for a table that is alone. */
  static Verdict verdict(GroupState state, Pending pending) {
    if (!pending.request().rowMove().isByStatement()) {
      return null;
    }

    NavigableSet<MemberId> others = others(state, pending);
    NavigableSet<String> unknown = state.unknown();
    if (others.isEmpty() && unknown.isEmpty()) {
      return alone(state, pending);
    }

    if (pending.request().rowMove() != RowMove.EMPTIES) {
      return new Clash(
          "The statement changes this shard's rows in a way that the binlog does not tell; in the"
              + " merged table they stay as they were",
          Together.statements(pending),
          "rows of " + others + " in the same table");
    }

    TableSchema target = state.core().target();
    if (target == null || !SchemaParts.samePartitioning(pending.request().after(), target)) {
      return new Clash(
          "The merged table has other partitions than this shard, whose emptied one is not its own"
              + " there; its rows stay",
          Together.statements(pending),
          partitioning(target));
    }

    for (Pending same : standing(state, pending)) {
      if (same.failure() == null) {
        others.remove(same.member());
      }
    }

    NavigableSet<MemberId> missing = new TreeSet<>(others);
    missing.retainAll(state.members().keySet());
    NavigableSet<MemberId> ahead = ahead(state, pending);
    ahead.retainAll(missing);
    missing.removeAll(ahead);
    if (missing.isEmpty() && unknown.isEmpty() && !ahead.isEmpty()) {
      return newRows(pending, ahead);
    }

    if (missing.isEmpty() && unknown.isEmpty() && !others.isEmpty()) {
      return new Clash(
          "The merged table's partition may hold rows of tables that left the group",
          Together.statements(pending),
          "rows of " + others);
    }

    return missing.isEmpty() && unknown.isEmpty()
        ? new Go(plan(state, pending), "Every shard has come to the statement")
        : new Stay(
            "The statement empties a partition of this shard, but the merged table's has the rows"
                + " of others, too; they must come to the same statement (skip it when they are past"
                + " it)",
            missing,
            unknown);
  }

  /** The plan of a table that is alone: its statement as it is. */
  static Plan own(GroupState state, Pending pending) {
    List<String> statements = pending.request().statements();
    Plan plan = Planner.plan(state, List.of(pending)).plan();
    return plan == null
        ? Plans.verbatim(
            state, statements, List.of(pending), state.core().target(), state.core().joined())
        : plan.withStatements(statements);
  }

  private static NavigableSet<MemberId> others(GroupState state, Pending pending) {
    NavigableSet<MemberId> others =
        state.core().departed().whoseRowsMayStay(state.members().keySet());
    others.remove(pending.member());
    return others;
  }

  /**
   * The verdict, in each mode, on a statement of a table that is not merged itself, but exchanges
   * rows with one that is; null for any other.
   */
  static Verdict alone(GroupState state, Pending pending) {
    NavigableSet<MemberId> fellows = new TreeSet<>(state.members().keySet());
    fellows.remove(pending.member());
    return pending.request().rowMove() == RowMove.EXCHANGES_WITH_OTHERS && fellows.isEmpty()
        ? new Clash(
            "The statement takes rows from, or gives them to, a table that is merged with others;"
                + " run on the targets it would take the others' rows, too: skip it to leave all"
                + " rows where they are, or replace it by what moves this table's",
            Together.statements(pending),
            "rows of others in the same table")
        : null;
  }

  /** Names the statements of a request that takes away rows in {@link GroupHistory#ahead}. */
  static String key(DdlRequest request) {
    return String.join("; ", RequestFacts.normalised(request.statements()));
  }

  /** The members that an operator took past the statement before the others came to it. */
  static NavigableSet<MemberId> ahead(GroupState state, Pending pending) {
    NavigableSet<MemberId> none = new TreeSet<>();
    String key = key(pending.request());
    return new TreeSet<>(state.core().history().ahead().getOrDefault(key, none));
  }

  /** The statement would take away what these members wrote since an operator took them past it. */
  static Verdict newRows(Pending pending, NavigableSet<MemberId> ahead) {
    return new Clash(
        "An operator took shards past the same statement, whose partition may have new rows of"
            + " theirs since; skip it to leave all rows, execute it to take them all away, or"
            + " replace it by what deletes the old ones",
        Together.statements(pending),
        "rows of " + ahead);
  }

  /**
   * Who is ahead once some requests are done; nobody when all members have come to a statement.
   *
   * @param view the members then
   */
  static NavigableMap<String, NavigableSet<MemberId>> ahead(
      NavigableMap<String, NavigableSet<MemberId>> known, Collection<Pending> done, View view) {
    NavigableMap<String, NavigableSet<MemberId>> result = NextHistory.renamed(known, done);
    for (Pending pending : done) {
      if (pending.request().rowMove() == RowMove.EMPTIES) {
        String key = key(pending.request());
        NavigableSet<MemberId> members = new TreeSet<>(result.getOrDefault(key, new TreeSet<>()));
        members.add(pending.member());
        result.put(key, members);
      }
    }

    result.values().removeIf(members -> view.membersWith(schema -> true, members).isEmpty());
    while (result.size() > KEPT) {
      result.pollFirstEntry();
    }

    return result;
  }

  /** What an operator executes: the statement, once for all that stand at it. */
  static Plan forced(GroupState state, Pending pending) {
    return verdict(state, pending) == null ? null : plan(state, pending);
  }

  private static Plan plan(GroupState state, Pending pending) {
    List<Pending> same = standing(state, pending);
    List<String> statements = pending.request().statements();
    return Plans.verbatim(state, statements, same, state.core().target(), state.core().joined());
  }

  /** The requests with the same statement, whatever else their tables differ in. */
  private static List<Pending> standing(GroupState state, Pending pending) {
    DdlRequest wanted = pending.request();
    List<String> statements = RequestFacts.normalised(wanted.statements());
    return state.byArrival().stream()
        .filter(other -> other.request().rowMove() == wanted.rowMove())
        .filter(other -> RequestFacts.normalised(other.request().statements()).equals(statements))
        .filter(other -> SchemaParts.samePartitioning(other.request().after(), wanted.after()))
        .toList();
  }

  private static String partitioning(TableSchema target) {
    return target == null || target.partitioning() == null
        ? "the merged table has no partitions"
        : target.partitioning();
  }

  private PartitionRows() {}
}
