package io.dmconnect.model.coordination;

import java.util.List;

/**
 * Requests of one class for which nothing has to run, because the merged table already is as they
 * need it. A thousand of them are done as one.
 */
final class IdleClass {
  private final GroupState state;

  private IdleClass(GroupState state) {
    this.state = state;
  }

  /**
   * A plan that also completes the other requests of the first one's class, as far as the merged
   * table, and what its members make of it, stay as they are. The last request of a class is left
   * alone when it is the one that changes something.
   *
   * @param own the plan for the first request alone; given back when there is no better one
   */
  static Plan widen(GroupState state, Pending first, Plan own) {
    boolean optimistic = state.config().mode() != GroupMode.PESSIMISTIC;
    IdleClass idle = new IdleClass(state);
    if (!optimistic || own.completes().size() != 1 || !idle.changesNothing(own)) {
      return own;
    }

    String key = RequestClass.key(state, first);
    List<Pending> all =
        state.byArrival().stream()
            .filter(other -> RequestClass.key(state, other).equals(key))
            .toList();
    Plan plan = idle.plan(all);
    if (plan == null && all.size() > 2) {
      plan = idle.plan(all.subList(0, all.size() - 1));
    }

    return plan == null ? own : plan;
  }

  /** The plan for all of them; null when it would do something. */
  private Plan plan(List<Pending> requests) {
    Plan plan = Planner.plan(state, requests).plan();
    return plan != null && changesNothing(plan) ? plan : null;
  }

  private boolean changesNothing(Plan plan) {
    GroupCore core = state.core();
    return plan.statements().isEmpty()
        && plan.joined() != null
        && plan.joined().equals(core.joined())
        && plan.target().equals(core.target())
        && plan.formerIndexes().equals(core.history().formerIndexes())
        && plan.accepted().equals(core.history().accepted());
  }
}
