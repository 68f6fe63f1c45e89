package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

/**
 * An execution under way. There is at most one in a group.
 *
 * @param id names it in the ledger; never used for other statements
 * @param executor the member whose sink runs it
 * @param requestId the executor's request when that is done with it; else null
 * @param plan what is run
 * @param reason why
 */
public record Execution(String id, MemberId executor, String requestId, Plan plan, String reason) {

  /** Checks what is never null. */
  public Execution {
    requireNonNull(id, "id is null");
    requireNonNull(executor, "executor is null");
    requireNonNull(plan, "plan is null");
  }

  Decision.Execute decision() {
    return new Decision.Execute(requestId, id, plan.statements(), plan.generated(), reason);
  }
}
