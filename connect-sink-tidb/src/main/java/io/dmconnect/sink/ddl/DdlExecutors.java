package io.dmconnect.sink.ddl;

import io.dmconnect.model.route.Router;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/** Puts an executor of schema changes together. */
public final class DdlExecutors {

  /**
   * An executor for one task.
   *
   * @param subscribed whether the connector reads a topic
   */
  public static DdlExecutor create(
      TargetPool pool,
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
        new StatementRunner(pool, retry, ledger),
        retry,
        subscribed,
        threads);
  }

  private DdlExecutors() {}
}
