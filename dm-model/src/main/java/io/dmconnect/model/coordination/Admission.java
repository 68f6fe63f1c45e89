package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Hold;

/** Whether a group that has no member yet may begin: the prechecks come before the rules. */
final class Admission {

  /** The verdict on a new table while the prechecks find something; null when the rules decide. */
  static Verdict verdict(GroupState state, Pending pending) {
    boolean begins = pending.request().creates() && state.members().isEmpty();
    if (!begins || state.config().problems().isEmpty()) {
      return null;
    }

    StartProblem problem = state.config().problems().get(0);
    return problem.isClash()
        ? new Clash(problem.reason(), problem.mine(), problem.theirs())
        : new Hold(problem.reason(), problem.missing());
  }

  private Admission() {}
}
