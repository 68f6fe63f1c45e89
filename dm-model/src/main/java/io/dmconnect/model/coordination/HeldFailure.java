package io.dmconnect.model.coordination;

import java.util.List;

/**
 * What an operator does about a failed execution that belongs to no request, such as one that
 * follows a member's leaving: it is tried again, left as it is, or made by other statements.
 */
final class HeldFailure {

  static void act(Evaluation evaluation, OperatorAction action) {
    GroupState state = evaluation.state();
    if (state.core().heldGoal() == null) {
      evaluation.note(
          "No execution of "
              + state.config().target()
              + " itself has failed; name the member whose change it is about");
      return;
    }

    if (state.core().inFlight() != null) {
      evaluation.note(
          "Execution "
              + state.core().inFlight().id()
              + " is under way; wait for it, or release it first to give it up");
      return;
    }

    if (action.exit() == Exit.REPLACE && action.statements().isEmpty()) {
      evaluation.note("There are no statements to replace those of " + state.config().target());
      return;
    }

    if (action.exit() == Exit.REPLACE && state.members().isEmpty()) {
      evaluation.note("No member of " + state.config().target() + " is left to run the statements");
      return;
    }

    Plan plan = plan(state);
    GroupState free = state.withCore(state.core().withHeld(null, null));
    evaluation.state(free);
    if (action.exit() == Exit.SKIP) {
      evaluation.state(Completion.apply(free, plan, state.target()));
    } else if (action.exit() == Exit.EXECUTE && !again(evaluation)) {
      evaluation.state(state);
      evaluation.note(
          "The statements that failed are not known any more; replace them or skip them");
    } else if (action.exit() == Exit.REPLACE) {
      evaluation.start(
          plan.withStatements(action.statements()),
          free.members().firstKey(),
          null,
          "An operator replaced the statements");
    }
  }

  /**
   * Where no join is kept, nothing else leads to the statements again.
   *
   * @return false when they are not known
   */
  private static boolean again(Evaluation evaluation) {
    GroupState state = evaluation.state();
    if (state.config().mode() != GroupMode.PESSIMISTIC || state.members().isEmpty()) {
      return true;
    }

    for (Unfinished failed : state.core().unfinished()) {
      if (failed.requests().isEmpty() && !failed.isLeft()) {
        Plan plan = failed.execution().plan();
        evaluation.start(
            Plans.verbatim(state, plan.statements(), List.of(), plan.target(), plan.joined()),
            state.members().firstKey(),
            null,
            "An operator had it executed");
        return true;
      }
    }

    return false;
  }

  /** What the group is at once it has been carried out; nothing new where no join is kept. */
  private static Plan plan(GroupState state) {
    Plan plan =
        state.config().mode() == GroupMode.PESSIMISTIC || state.members().isEmpty()
            ? null
            : Planner.plan(state, List.of()).plan();
    return plan == null
        ? Plans.verbatim(state, List.of(), List.of(), state.target(), state.core().joined())
        : plan;
  }

  private HeldFailure() {}
}
