package io.dmconnect.source.config;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs something that may hang on a thread of its own. */
final class TimeBox {
  private TimeBox() {}

  /**
   * Gives what the work returns, or the other when the time is up; the work is then interrupted and
   * left alone.
   */
  static <T> T call(Callable<T> work, Duration atMost, Supplier<T> late) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "dm-source-precheck");
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      return task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return late.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return late.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new DmException(SourceError.INTERNAL, "The prechecks failed", e.getCause());
    }
  }
}
