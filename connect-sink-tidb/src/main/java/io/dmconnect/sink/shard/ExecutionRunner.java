package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.sink.ddl.Executions.Executor;
import io.dmconnect.sink.ddl.Executions.Ran;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Runs executions, each once. Safe for several threads. */
public interface ExecutionRunner {

  /**
   * Runs what has not run yet of an execution, in the background.
   *
   * @param givenUp whether something else is decided by now
   * @return completes with what became of it; fails with a DmException when that is not known now
   */
  CompletableFuture<Ran> run(
      Executor executor, Decision.Execute execution, BooleanSupplier givenUp);

  /**
   * Looks whether an execution has run, in the background.
   *
   * @return completes with what became of it; with null when it has not run to its end; fails with
   *     a DmException when that is not known now
   */
  CompletableFuture<Ran> ended(Decision.Execute execution);

  /**
   * Makes sure that this task still owns the executor's partition.
   *
   * @throws io.dmconnect.sink.write.FencedException when it does not
   */
  void checkOwner(Executor executor);
}
