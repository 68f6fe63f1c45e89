package io.dmconnect.sink.ddl;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bounded number of threads that end when they are idle. Safe for several threads. */
final class BackgroundThreads implements Background, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

  /** How many steps that are short run at the same time. */
  static final int STEPS_AT_ONCE = 16;

  private static final int IDLE_SECONDS = 10;

  private final ExecutorService steps;
  private final ExecutorService statements;
  private final ScheduledThreadPoolExecutor clock;

  /**
   * Threads of a task; none is started yet.
   *
   * @param statementsAtOnce how many steps with statements run at the same time
   */
  BackgroundThreads(ThreadFactory threadFactory, int statementsAtOnce) {
    this.steps = pool(STEPS_AT_ONCE, threadFactory);
    this.statements = pool(statementsAtOnce, threadFactory);
    this.clock = new ScheduledThreadPoolExecutor(1, threadFactory);
  }

  private static ExecutorService pool(int threads, ThreadFactory threadFactory) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threadFactory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public void execute(Runnable step) {
    steps.execute(step);
  }

  @Override
  public void later(Runnable step, long millis) {
    try {
      ScheduledFuture<?> unused =
          clock.schedule(() -> steps.execute(step), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The task has ended, a step is dropped: {}", step, e);
    }
  }

  @Override
  public Executor statements() {
    return statements;
  }

  /** Interrupts what runs and drops the rest; does not wait for it. */
  @Override
  public void close() {
    clock.shutdownNow();
    steps.shutdownNow();
    statements.shutdownNow();
  }
}
