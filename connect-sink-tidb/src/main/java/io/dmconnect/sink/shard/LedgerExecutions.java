package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.sink.ddl.Executions;
import io.dmconnect.sink.target.Retry;

/** Executions on the target, known by the ledger. */
public final class LedgerExecutions implements ExecutionRunner {
  private final Executions executions;
  private final Retry retry;

  /** The executions, and what ends pauses when the task stops. */
  public LedgerExecutions(Executions executions, Retry retry) {
    this.executions = executions;
    this.retry = retry;
  }

  @Override
  public Executions.Ran run(Executions.Executor executor, Decision.Execute execution) {
    return executions.run(executor, execution);
  }

  @Override
  public void checkOwner(Executions.Executor executor) {
    executions.checkOwner(executor);
  }

  @Override
  public boolean pause(long millis) {
    return retry.pause(millis);
  }
}
