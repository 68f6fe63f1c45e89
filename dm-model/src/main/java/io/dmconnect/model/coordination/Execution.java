package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

/**
 * An execution under way. There is at most one in a group.
 *
 * @param id names it; never used for other statements
 * @param begunAs names it in the ledger: the id of the execution it goes on with; its own when it
 *     is the first attempt
 * @param executor the member whose sink runs it
 * @param requestId the executor's request when that is done with it; else null
 * @param plan what is run
 * @param reason why
 */
public record Execution(
    String id, String begunAs, MemberId executor, String requestId, Plan plan, String reason) {

  /** Checks what is never null. */
  public Execution {
    requireNonNull(id, "id is null");
    requireNonNull(begunAs, "begunAs is null");
    requireNonNull(executor, "executor is null");
    requireNonNull(plan, "plan is null");
  }

  Decision.Execute decision() {
    return new Decision.Execute(
        requestId, id, begunAs, plan.statements(), plan.generated(), reason);
  }

  /** Whether it has that id, or goes on with the execution of that id. */
  boolean isOrBegan(String executionId) {
    return id.equals(executionId) || begunAs.equals(executionId);
  }

  Execution withPlan(Plan other) {
    return new Execution(id, begunAs, executor, requestId, other, reason);
  }

  /** The same carried out by another member. */
  Execution by(MemberId member, String itsRequestId) {
    return new Execution(id, begunAs, member, itsRequestId, plan, reason);
  }
}
