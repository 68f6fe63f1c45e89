package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Stay;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.join.ColumnValues;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaParts;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The rules of the optimistic modes. A change that leaves the members with a join goes on at once;
 * the rest is left to {@link Together}.
 */
final class OptimisticRules implements Rules {
  private final GroupState state;
  private final Together together;

  OptimisticRules(GroupState state) {
    this.state = state;
    this.together = new Together(state, this::needsOthers);
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

    if (request.isDeselection()) {
      return new Go(deselected(pending), "The table is not captured any more; its rows stay");
    }

    Verdict rows = PartitionRows.verdict(state, pending);
    if (rows != null) {
      return rows;
    }

    if (request.rowMove().isByStatement()) {
      return new Go(PartitionRows.own(state, pending), "The table is not merged with others");
    }

    if (request.keepsSchema()) {
      Planner.Result kept = Planner.plan(state, List.of(pending));
      Plan plan = kept.plan() == null ? Plans.nothing(state, pending) : kept.plan();
      return new Go(plan, "The statement changes nothing the merged table's schema keeps");
    }

    Verdict stale = StaleColumns.verdict(state, pending);
    if (stale != null) {
      return stale;
    }

    if (isBack(request)) {
      return new Go(
          Plans.nothing(state, pending), "The shard is back where it was before a skipped change");
    }

    Optional<Verdict> hazard = hazard(pending);
    if (hazard.isPresent()) {
      return hazard.get();
    }

    if (isTogether(request)) {
      return together.verdict(pending);
    }

    Planner.Result result = Planner.plan(state, List.of(pending));
    return result.plan() == null
        ? together.verdict(pending)
        : new Go(result.plan(), reason(result.plan(), request));
  }

  /** The others' join without it; the merged table keeps what only that table had. */
  private Plan deselected(Pending pending) {
    TableSchema target = state.core().target();
    return Plans.nothing(state, pending)
        .withTables(List.of(), target, Planner.joinWithout(state, pending));
  }

  /** Whether a change ends where the group has taken the member to be since one was skipped. */
  private boolean isBack(DdlRequest request) {
    Member member = state.members().get(request.member());
    return member != null
        && request.after() != null
        && !member.seen().equals(member.schema())
        && SchemaComparison.equal(member.seen(), request.after());
  }

  /** Whether a request is free to go but for members that must make the same change. */
  private boolean needsOthers(Pending pending) {
    DdlRequest request = pending.request();
    boolean plain =
        request.kind() == DdlKind.TRUNCATE_TABLE
            || request.keepsSchema()
            || request.moves()
            || isBack(request);
    return !plain
        && !pending.isInDoubt()
        && pending.failure() == null
        && StaleColumns.verdict(state, pending) == null
        && hazard(pending).isEmpty()
        && (isTogether(request) || Planner.plan(state, List.of(pending)).plan() == null);
  }

  /** Whether members that have not made the change yet would no longer fit after it. */
  private boolean isTogether(DdlRequest request) {
    return !request.renames().isEmpty()
        || !request.readded().isEmpty()
        || !Together.partitionsGone(request).isEmpty()
        || !LateColumns.converted(state, request).isEmpty();
  }

  private static String reason(Plan plan, DdlRequest request) {
    if (request.leaves()) {
      return "The table left the group";
    }

    return plan.statements().isEmpty()
        ? "The merged table already accepts the rows of every shard"
        : "Keeps the merged table at the join of its shards";
  }

  private Optional<Verdict> hazard(Pending pending) {
    for (ColumnSchema column : RequestColumns.added(pending.request())) {
      String name = RequestColumns.lower(column.name());
      Verdict verdict = residue(pending, name);
      verdict = verdict == null ? reserved(pending, name) : verdict;
      verdict = verdict == null ? KeptColumns.verdict(state, pending.request(), column) : verdict;
      verdict = verdict == null ? fill(pending, column, name) : verdict;
      if (verdict != null) {
        return Optional.of(verdict);
      }
    }

    return Optional.ofNullable(othersRows(pending));
  }

  /** Other members' rows would go with a partition that only this one and the merged table have. */
  private Verdict othersRows(Pending pending) {
    DdlRequest request = pending.request();
    TableSchema joined = state.core().joined();
    if (joined == null || request.before() == null || request.after() == null) {
      return null;
    }

    NavigableSet<MemberId> holders = new TreeSet<>();
    for (String partition : SchemaParts.partitionsDropped(request.before(), request.after())) {
      for (Member member : state.members().values()) {
        boolean other = !member.id().equals(pending.member());
        if (other && SchemaParts.hasRowsIn(joined, partition, member.schema())) {
          holders.add(member.id());
        }
      }
    }

    return holders.isEmpty()
        ? null
        : new Clash(
            "The merged table's partition may hold rows of shards that do not have it and keep"
                + " such rows in a higher one",
            Together.statements(pending),
            "rows of " + holders);
  }

  /** The member dropped the column before; its old values are still in the merged table. */
  private Verdict residue(Pending pending, String column) {
    if (!state.core().history().hasResidue(pending.member(), column)) {
      return null;
    }

    if (KeptColumns.isKept(state, column)) {
      return new Clash(
          "Column "
              + column
              + " was dropped by this shard before, but the merged table keeps it with the former"
              + " values",
          Together.statements(pending),
          SqlWriter.column(state.core().target().column(column).orElseThrow()));
    }

    View view = View.of(state, List.of());
    Collection<MemberId> holders =
        view.membersWith(schema -> schema.column(column).isPresent(), List.of(pending.member()));
    return new Stay(
        "Column "
            + column
            + " was dropped by this shard before, but others still hold it, so that the merged"
            + " table has its old values; they must drop it too. If they will not, execute it to keep"
            + " those values, or replace it by what sets them anew",
        new TreeSet<>(holders),
        new TreeSet<>());
  }

  /** Another member is waiting to rename a column to this name. */
  private Verdict reserved(Pending pending, String column) {
    NavigableSet<MemberId> renaming = new TreeSet<>();
    for (Pending other : state.pending().values()) {
      boolean renames =
          other.request().renames().values().stream().anyMatch(column::equalsIgnoreCase);
      boolean known =
          state.core().joined() != null && state.core().joined().column(column).isPresent();
      if (renames && !known && !other.member().equals(pending.member())) {
        renaming.add(other.member());
      }
    }

    return renaming.isEmpty()
        ? null
        : new Stay(
            "Column " + column + " is about to come from a rename", renaming, new TreeSet<>());
  }

  /** The rows of this member already have the column in the merged table, with some value. */
  private Verdict fill(Pending pending, ColumnSchema column, String name) {
    String known = state.core().history().fills().get(name);
    TableSchema joined = state.core().joined();
    if (column.autoIncrement() && pending.request().before() != null) {
      return new Clash(
          "Adding column "
              + name
              + " numbers this shard's rows, and the binlog does not tell the numbers",
          name + " = " + Fills.of(column),
          null);
    }

    if (known == null || joined == null || pending.request().before() == null) {
      return null;
    }

    String own = Fills.of(column);
    boolean mixed = !ColumnValues.hasLiteralDefault(column.type()) && !column.nullable();
    boolean nullable =
        mixed
            && View.of(state, List.of()).distinct().stream()
                .anyMatch(s -> s.column(name).map(ColumnSchema::nullable).orElse(false));
    if (Fills.same(known, own) && !nullable) {
      return null;
    }

    return new Clash(
        "Adding column "
            + name
            + " gives this shard's rows the value "
            + own
            + ", but they already have "
            + known
            + " in the merged table",
        name + " = " + own,
        name + " = " + known);
  }
}
