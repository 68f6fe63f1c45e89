package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import java.util.ArrayList;
import java.util.List;

/** What an operator commanded about a pending request comes before the rules. */
final class Orders {

  /** The verdict on a request: a command, a failure to be cleared, or what the rules say. */
  static Verdict verdict(GroupState state, Pending pending, Rules rules) {
    if (pending.order() == null && pending.failure() != null) {
      return new Clash(
          "Its execution failed: " + pending.failure(), Together.statements(pending), null);
    }

    if (pending.isInDoubt() && Clearings.verdict(state, pending) == null) {
      return leftBehind(pending);
    }

    if (pending.order() == null) {
      Verdict early = Admission.verdict(state, pending);
      return early == null ? rules.verdict(pending) : early;
    }

    return switch (pending.order()) {
      case EXECUTE -> execute(state, pending, rules);
      case REPLACE -> replace(state, pending, rules);
      case SKIP, DROP_MEMBER, ADD_MEMBER, SET_SCHEMA, RESET_SCHEMA, RELEASE ->
          rules.verdict(pending);
    };
  }

  private static Verdict leftBehind(Pending pending) {
    return new Clash(
        "The table is read again, or is gone after it was read in part: its rows that were deleted"
            + " upstream since it was first read may be left in the merged table, where they cannot"
            + " be told from other shards' rows. Delete them and execute the change, or replace it"
            + " by the DELETE; executed at once it leaves them",
        Together.statements(pending),
        "rows of " + pending.member() + " in the merged table");
  }

  private static Verdict execute(GroupState state, Pending pending, Rules rules) {
    Verdict verdict = rules.verdict(pending);
    return verdict instanceof Go
        ? verdict
        : new Go(forced(state, pending), "An operator had it executed");
  }

  /** What the rules would run for several members goes on for all of them. */
  private static Verdict replace(GroupState state, Pending pending, Rules rules) {
    Plan plan = rules.verdict(pending) instanceof Go go ? go.plan() : replaced(state, pending);
    return new Go(
        plan.withStatements(replacement(pending, plan)), "An operator replaced the statements");
  }

  /** What is done about rows left behind comes before what the change itself needs. */
  private static List<String> replacement(Pending pending, Plan plan) {
    if (pending.request().rowMove() != RowMove.LEFT_BEHIND) {
      return pending.replacement();
    }

    List<String> all = new ArrayList<>(pending.replacement());
    all.addAll(plan.statements());
    return all;
  }

  /** What others' rows are is another question than what this shard's are. */
  private static Plan replaced(GroupState state, Pending pending) {
    return pending.request().rowMove().isByStatement()
        ? Plans.verbatim(
            state,
            pending.request().statements(),
            List.of(pending),
            state.core().target(),
            state.core().joined())
        : forced(state, pending);
  }

  private static Plan forced(GroupState state, Pending pending) {
    Plan cleared = Clearings.forced(state, pending);
    if (cleared != null) {
      return cleared;
    }

    if (state.config().mode() == GroupMode.PESSIMISTIC) {
      return PessimisticRules.forced(state, pending);
    }

    Plan rows = PartitionRows.forced(state, pending);
    return rows == null ? Planner.force(state, pending) : rows;
  }

  /** The requests of the same class, the given one included. */
  static List<Pending> sameClass(GroupState state, Pending pending) {
    return state.byArrival().stream()
        .filter(other -> other.signature().equals(pending.signature()))
        .toList();
  }

  private Orders() {}
}
