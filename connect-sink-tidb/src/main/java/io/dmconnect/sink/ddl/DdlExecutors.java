package io.dmconnect.sink.ddl;

import io.dmconnect.model.route.Router;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/** Puts an executor of schema changes together. */
public final class DdlExecutors {
  /** How many statements run at the same time. */
  private static final int STATEMENTS_AT_ONCE = 16;

  /** How many connections they need: one each, and one to look at or to end a statement. */
  public static final int CONNECTIONS = 2 * STATEMENTS_AT_ONCE;

  /**
   * An executor for one task.
   *
   * @param pool for bookkeeping; its connections are never held while waiting for another
   * @param statementPool for the statements themselves, {@link #CONNECTIONS} large
   * @param subscribed whether the connector reads a topic
   */
  public static DdlExecutor create(
      TargetPool pool,
      TargetPool statementPool,
      Retry retry,
      MetaTables tables,
      String connector,
      Router router,
      Predicate<String> subscribed,
      ThreadFactory threads) {
    Ledger ledger = new Ledger(pool, retry, tables, connector);
    return new DdlExecutor(
        new DdlPlanner(router),
        ledger,
        new Arrivals(pool, retry, tables, connector),
        new StatementRunner(statementPool, retry, ledger),
        retry,
        subscribed,
        STATEMENTS_AT_ONCE,
        threads);
  }

  private DdlExecutors() {}
}
