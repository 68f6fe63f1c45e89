package io.dmconnect.local.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The one place that waits: polls a condition until it holds or its time is up.
 *
 * <p>Every limit is multiplied by the system property {@code dm.time.scale} or, without it, the
 * environment variable {@code DM_TIME_SCALE} (a number, default 1), so that one setting suits a
 * slow machine. Threads: each call waits on the calling thread.
 */
public final class Await {
  private static final long FIRST_PAUSE_NANOS = 5_000_000L;
  private static final long LAST_PAUSE_NANOS = 100_000_000L;

  private Await() {}

  /**
   * Waits until {@code condition} returns true.
   *
   * @param what the awaited state, in words that fit after "waiting for"
   * @param limit how long to wait at most, before scaling
   * @param condition polled every 5 to 100 ms; an exception counts as "not yet" and becomes the
   *     cause of the failure
   * @throws AwaitException when the time is up or the thread is interrupted
   */
  public static void until(String what, Duration limit, Callable<Boolean> condition) {
    until(what, limit, condition, () -> null);
  }

  /**
   * As {@link #until(String, Duration, Callable)}, and gives up at once when waiting has become
   * pointless.
   *
   * @param failure polled too; a non-null text ends the wait with an exception that holds it
   * @throws AwaitException when the time is up, the thread is interrupted or {@code failure} speaks
   */
  public static void until(
      String what, Duration limit, Callable<Boolean> condition, Supplier<String> failure) {
    value(what, limit, () -> Boolean.TRUE.equals(condition.call()) ? Boolean.TRUE : null, failure);
  }

  /**
   * Waits until {@code source} returns a non-null value and returns it.
   *
   * @throws AwaitException when the time is up or the thread is interrupted
   */
  public static <T> T value(String what, Duration limit, Callable<T> source) {
    return value(what, limit, source, () -> null);
  }

  private static <T> T value(
      String what, Duration limit, Callable<T> source, Supplier<String> failure) {
    Duration scaled = scaled(limit);
    long deadline = System.nanoTime() + scaled.toNanos();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      Exception last = null;
      try {
        T value = source.call();
        if (value != null) {
          return value;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AwaitException("Interrupted while waiting for " + what, e);
      } catch (Exception e) {
        last = e;
      }
      String failed = failure.get();
      if (failed != null) {
        throw new AwaitException("Gave up waiting for " + what + ": " + failed, last);
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AwaitException(
            "Waited " + scaled.toMillis() + " ms in vain for " + what + cause(last), last);
      }
      LockSupport.parkNanos(pause);
      if (Thread.currentThread().isInterrupted()) {
        throw new AwaitException("Interrupted while waiting for " + what, last);
      }
      pause = Math.min(LAST_PAUSE_NANOS, pause * 2);
    }
  }

  /** Returns {@code limit} times the time scale in force. */
  public static Duration scaled(Duration limit) {
    return Duration.ofMillis(Math.round(limit.toMillis() * scale()));
  }

  private static double scale() {
    String set = System.getProperty("dm.time.scale", System.getenv("DM_TIME_SCALE"));
    return set == null || set.isBlank() ? 1 : Double.parseDouble(set.trim());
  }

  private static String cause(Exception last) {
    return last == null ? "" : "; last answer: " + last;
  }

  /** Says what was awaited and why waiting ended without it. */
  public static final class AwaitException extends RuntimeException {
    AwaitException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
