package io.dmconnect.sink.ddl;

import io.dmconnect.model.route.Router;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/**
 * Puts together what carries out a task's schema changes, and holds its threads. Safe for several
 * threads.
 */
public final class DdlExecutors implements AutoCloseable {
  /** How many statements run at the same time. */
  private static final int STATEMENTS_AT_ONCE = 16;

  /** How many connections they need: one each, and one to look at or to end a statement. */
  public static final int CONNECTIONS = 2 * STATEMENTS_AT_ONCE;

  private final TargetPool pool;
  private final TargetPool statementPool;
  private final Retry retry;
  private final MetaTables tables;
  private final String connector;
  private final BackgroundThreads background;

  /**
   * The parts of one task.
   *
   * @param pool for bookkeeping; its connections are never held while waiting for another
   * @param statementPool for the statements themselves, {@link #CONNECTIONS} large
   */
  public DdlExecutors(
      TargetPool pool,
      TargetPool statementPool,
      Retry retry,
      MetaTables tables,
      String connector,
      ThreadFactory threadFactory) {
    this.pool = pool;
    this.statementPool = statementPool;
    this.retry = retry;
    this.tables = tables;
    this.connector = connector;
    this.background = new BackgroundThreads(threadFactory, STATEMENTS_AT_ONCE);
  }

  /** Where the steps of schema changes run. */
  public Background background() {
    return background;
  }

  /**
   * The executor.
   *
   * @param subscribed whether the connector reads a topic
   * @param gate decides about changes of merged tables
   */
  public DdlExecutor executor(Router router, Predicate<String> subscribed, ShardGate gate) {
    Ledger ledger = new Ledger(pool, retry, tables, connector);
    StatementRunner statements = new StatementRunner(statementPool, retry, ledger);
    return new DdlExecutor(
        new DdlPlanner(router, gate::isGrouped),
        ledger,
        new Arrivals(pool, retry, tables, connector),
        statements,
        new FormerSnapshots(
            ledger,
            new RowHistory(pool, retry, tables, connector),
            statements,
            new ShardRows(statementPool, retry, new Owners(tables, connector))),
        new Participants(subscribed),
        gate,
        background);
  }

  /**
   * The executions of a DM task, whose entries all of its sinks share; to be run by {@link
   * Background#statements}.
   */
  public Executions executions(String dmTask) {
    Ledger ledger = new Ledger(pool, retry, tables, connector, "task:" + dmTask);
    return new Executions(ledger, new StatementRunner(statementPool, retry, ledger));
  }

  /** Interrupts what runs and drops the rest; does not wait for it. */
  @Override
  public void close() {
    background.close();
  }
}
