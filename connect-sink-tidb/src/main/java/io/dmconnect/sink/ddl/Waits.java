package io.dmconnect.sink.ddl;

import io.dmconnect.model.event.DdlEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what other partitions and tasks do: looks at it again and again, with growing pauses in
 * which no thread is held. Safe for several threads.
 */
final class Waits {
  private static final Logger LOG = LoggerFactory.getLogger(Waits.class);
  private static final long POLL_MILLIS = 50;
  private static final long LONGEST_POLL_MILLIS = 1_000;
  private static final long WARN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Background background;

  /** Looks in the background. */
  Waits(Background background) {
    this.background = background;
  }

  /**
   * Goes on once a condition holds, at once if it does already.
   *
   * @param event the schema change that waits
   * @param result ends the waiting when it is done, also when it is cancelled; an error of the
   *     condition or of what follows becomes its own
   * @param what what is waited for, for people
   * @param condition looked at in the background
   * @param then what follows, in the background
   */
  void await(
      DdlEvent event,
      CompletableFuture<?> result,
      String what,
      BooleanSupplier condition,
      Runnable then) {
    new Wait(event, result, what, condition, then).look();
  }

  private final class Wait {
    private final DdlEvent event;
    private final CompletableFuture<?> result;
    private final String what;
    private final BooleanSupplier condition;
    private final Runnable then;
    private final long sinceNanos = System.nanoTime();
    private long warned;
    private long pause = POLL_MILLIS;

    private Wait(
        DdlEvent event,
        CompletableFuture<?> result,
        String what,
        BooleanSupplier condition,
        Runnable then) {
      this.event = event;
      this.result = result;
      this.what = what;
      this.condition = condition;
      this.then = then;
    }

    private void look() {
      if (result.isDone()) {
        return;
      }

      try {
        if (condition.getAsBoolean()) {
          then.run();
        } else {
          warnIfLong();
          long now = pause;
          pause = Math.min(LONGEST_POLL_MILLIS, pause * 2);
          background.later(this::look, now);
        }
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    }

    private void warnIfLong() {
      long waited = System.nanoTime() - sinceNanos;
      if (waited / WARN_NANOS > warned) {
        warned = waited / WARN_NANOS;
        LOG.warn(
            "Schema change {} of {} waits for {} since {} s",
            event.id(),
            event.table(),
            what,
            TimeUnit.NANOSECONDS.toSeconds(waited));
      }
    }
  }
}
