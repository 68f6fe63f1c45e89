package io.dmconnect.sink.shard;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.sink.ddl.Executions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Executions on the target, known by the ledger. Safe for several threads. */
public final class LedgerExecutions implements ExecutionRunner {
  private final Executions executions;
  private final Executor threads;

  /** The executions, and where they run. */
  public LedgerExecutions(Executions executions, Executor threads) {
    this.executions = requireNonNull(executions, "executions is null");
    this.threads = requireNonNull(threads, "threads is null");
  }

  @Override
  public CompletableFuture<Executions.Ran> run(
      Executions.Executor executor, Decision.Execute execution, BooleanSupplier givenUp) {
    return CompletableFuture.supplyAsync(
        () -> executions.run(executor, execution, givenUp), threads);
  }

  @Override
  public CompletableFuture<Executions.Ran> ended(Decision.Execute execution) {
    return CompletableFuture.supplyAsync(() -> executions.ended(execution), threads);
  }

  @Override
  public void checkOwner(Executions.Executor executor) {
    executions.checkOwner(executor);
  }
}
