package io.dmconnect.sink.shard;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.sink.ddl.Executions.Executor;
import io.dmconnect.sink.ddl.Executions.Ran;
import java.util.concurrent.CompletableFuture;

/** Runs executions, each once. Safe for several threads. */
public interface ExecutionRunner {

  /**
   * Runs what has not run yet of an execution, in the background.
   *
   * @return completes with what became of it; fails with a DmException when that is not known now
   */
  CompletableFuture<Ran> run(Executor executor, Decision.Execute execution);

  /**
   * Makes sure that this task still owns the executor's partition.
   *
   * @throws io.dmconnect.sink.write.FencedException when it does not
   */
  void checkOwner(Executor executor);
}
