package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Stay;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaDiff;
import io.dmconnect.model.join.SchemaOverlay;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rules of the pessimistic mode: every member waits at the same change (normalised statement
 * and schema after), then it runs once.
 */
final class PessimisticRules implements Rules {
  private final GroupState state;

  PessimisticRules(GroupState state) {
    this.state = state;
  }

  @Override
  public Verdict verdict(Pending pending) {
    DdlRequest request = pending.request();
    Verdict cleared = Clearings.verdict(state, pending);
    if (cleared != null) {
      return cleared;
    }

    if (request.kind() == DdlKind.TRUNCATE_TABLE) {
      return new Go(
          Plans.nothing(state, pending), "One shard's TRUNCATE does not empty the others");
    }

    if (request.moves()) {
      return Moves.verdict(state, pending);
    }

    if (request.leaves()) {
      return new Go(Plans.nothing(state, pending), "The table left the group");
    }

    if (request.kind() == DdlKind.RENAME_TABLE) {
      return new Go(Plans.nothing(state, pending), "The table has a new name in the group");
    }

    if (request.creates()) {
      return create(pending);
    }

    Verdict stale = StaleColumns.verdict(state, pending);
    Verdict early = stale == null ? PartitionRows.alone(state, pending) : stale;
    if (early != null) {
      return early;
    }

    TableSchema after = View.after(state, request);
    boolean changes =
        request.readded().isEmpty() && !SchemaComparison.equal(request.before(), request.after());
    if (changes && SchemaComparison.equal(after, state.core().joined())) {
      return new Go(Plans.nothing(state, pending), "The merged table already has the change");
    }

    if (changes && follows(request)) {
      return follow(pending);
    }

    Pending owner = owner();
    if (!isSame(owner, pending)) {
      return new Clash(
          "The statement or its result differs from the one " + owner.member() + " waits with",
          Together.statements(pending),
          Together.statements(owner));
    }

    return together(pending, after);
  }

  /**
   * Whether a table that is behind the others makes a change that the merged table has, with what
   * came later.
   */
  private boolean follows(DdlRequest request) {
    TableSchema joined = state.core().joined();
    Member member = state.members().get(request.member());
    return joined != null
        && member != null
        && request.before() != null
        && request.renames().isEmpty()
        && SchemaComparison.of(member.seen(), joined) == SchemaComparison.LESS
        && SchemaComparison.equal(
            SchemaOverlay.apply(joined, request.before(), request.after()), joined);
  }

  private Verdict follow(Pending pending) {
    TableSchema joined = state.core().joined();
    for (ColumnSchema added : RequestColumns.added(pending.request())) {
      String held = Fills.of(joined.column(added.name()).orElse(added));
      if (!Fills.same(held, Fills.of(added))) {
        return new Clash(
            "The merged table already has the change, but adding column "
                + added.name()
                + " gives this shard's rows the value "
                + Fills.of(added)
                + ", and new ones without it got "
                + held
                + " there: skip it once they are right",
            Together.statements(pending),
            SqlWriter.column(joined.column(added.name()).orElse(added)));
      }
    }

    return new Go(Plans.nothing(state, pending), "The merged table already has the change");
  }

  private Verdict create(Pending pending) {
    TableSchema after = pending.request().after();
    TableSchema joined = state.core().joined();
    if (joined == null) {
      Planner.Result result = Planner.plan(state, List.of(pending));
      return result.plan() == null
          ? Together.clash(result.reasons().get(0))
          : new Go(result.plan(), "The first shard makes the merged table");
    }

    if (SchemaComparison.equal(after, joined)) {
      return new Go(Plans.nothing(state, pending), "The table equals the other shards");
    }

    boolean back = state.core().departed().left().contains(pending.member());
    if (back && Completion.isWithin(after, joined)) {
      return new Go(Plans.nothing(state, pending), "The table is back, and its rows fit");
    }

    for (Pending other : state.byArrival()) {
      boolean coming =
          !other.request().creates()
              && SchemaComparison.equal(after, View.after(state, other.request()));
      if (coming) {
        return new Stay(
            "The table already has the change the other shards wait with",
            new TreeSet<>(List.of(other.member())),
            new TreeSet<>());
      }
    }

    return new Clash(
        "The new table's schema differs from the other shards'",
        String.join("; ", SchemaDiff.statements(joined, after, state.config().target())),
        "the merged table as it is");
  }

  private Verdict together(Pending pending, TableSchema after) {
    List<Pending> same = new ArrayList<>();
    NavigableSet<MemberId> missing = new TreeSet<>();
    DdlRequest request = pending.request();
    boolean changes =
        request.readded().isEmpty() && !SchemaComparison.equal(request.before(), request.after());
    Predicate<TableSchema> isAfter = equalTo(after);
    Predicate<TableSchema> isRealAfter = equalTo(request.after());
    for (Member member : state.members().values()) {
      Pending own = state.pending().get(member.id());
      if (own != null && isSame(own, pending)) {
        same.add(own);
      } else if (!changes || !(isAfter.test(member.seen()) || isRealAfter.test(member.schema()))) {
        missing.add(member.id());
      }
    }

    for (Pending one : same) {
      if (one.failure() != null) {
        return new Stay(
            "The execution by " + one.member() + " failed",
            new TreeSet<>(List.of(one.member())),
            new TreeSet<>());
      }
    }

    NavigableSet<MemberId> ahead = new TreeSet<>();
    if (request.rowMove() == RowMove.EMPTIES) {
      ahead.addAll(PartitionRows.ahead(state, pending));
      ahead.retainAll(missing);
      missing.removeAll(ahead);
    }

    NavigableSet<String> unknown = state.unknown();
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      return new Stay("The other shards must come to the same statement", missing, unknown);
    }

    if (!ahead.isEmpty()) {
      return PartitionRows.newRows(pending, ahead);
    }

    TableSchema joined = state.core().joined();
    TableSchema target = state.core().target();
    TableSchema next =
        target == null || joined == null ? after : SchemaOverlay.apply(target, joined, after);
    Plan plan = Plans.verbatim(state, pending.request().statements(), same, next, after);
    return new Go(plan, "Every shard has come to the statement");
  }

  /** Which schemas mean the same as one; asked once per object. */
  private static Predicate<TableSchema> equalTo(TableSchema one) {
    IdentityHashMap<TableSchema, Boolean> asked = new IdentityHashMap<>();
    return other -> asked.computeIfAbsent(other, schema -> SchemaComparison.equal(schema, one));
  }

  /** The plan that carries a request out without waiting for those that have not come to it. */
  static Plan forced(GroupState state, Pending pending) {
    TableSchema joined = state.core().joined();
    if (pending.request().creates() && joined == null) {
      return Planner.force(state, pending);
    }

    List<Pending> same = Orders.sameClass(state, pending);
    TableSchema after = View.after(state, pending.request());
    TableSchema target = state.core().target();
    boolean there = after != null && new PessimisticRules(state).follows(pending.request());
    if (after == null || pending.request().creates() || there) {
      return Plans.nothing(state, pending);
    }

    TableSchema next =
        target == null || joined == null ? after : SchemaOverlay.apply(target, joined, after);
    return Plans.verbatim(state, pending.request().statements(), same, next, after);
  }

  /** The request that came first among those that wait for the others. */
  private Pending owner() {
    for (Pending pending : state.byArrival()) {
      DdlRequest request = pending.request();
      boolean waits =
          !request.creates()
              && !request.leaves()
              && request.kind() != DdlKind.TRUNCATE_TABLE
              && request.kind() != DdlKind.RENAME_TABLE;
      if (waits) {
        return pending;
      }
    }

    throw new IllegalStateException("Asked without a waiting request");
  }

  private boolean isSame(Pending first, Pending second) {
    if (first.signature().equals(second.signature())) {
      return true;
    }

    boolean skippedBefore = skipped(first) || skipped(second);
    return skippedBefore
        && RequestFacts.normalised(first.request().statements())
            .equals(RequestFacts.normalised(second.request().statements()))
        && SchemaComparison.equal(
            View.after(state, first.request()), View.after(state, second.request()));
  }

  private boolean skipped(Pending pending) {
    Member member = state.members().get(pending.member());
    return member != null && !member.seen().equals(member.schema());
  }
}
