package io.dmconnect.sink.target;

import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what the target did not do, with growing pauses, until the time is up or somebody
 * stops it. Thread-safe.
 */
public final class Retry {
  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final long timeoutMillis;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final LongAdder retries = new LongAdder();

  /** Retries for so long after the first failure. */
  public Retry(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  /** Something the target is asked to do. */
  @FunctionalInterface
  public interface Attempt<T> {
    /** Does it; on failure nothing of it may remain but an unknown outcome of its commit. */
    T run() throws SQLException;
  }

  /**
   * Does it.
   *
   * @param what what is done, for messages
   * @throws DmException when the target refuses, the time is up, or the retry was stopped
   */
  public <T> T run(String what, Attempt<T> attempt) {
    long deadline = 0;
    for (int failures = 0; ; failures++) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        Refusal refusal = TiDbCompatibility.refusal(e);
        if (refusal != Refusal.TRY_AGAIN && refusal != Refusal.UNREACHABLE) {
          throw refused(what, refusal, Redaction.of(e));
        }

        long now = System.nanoTime();
        deadline = failures == 0 ? now + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : deadline;
        retries.increment();
        pause(what, failures, now, deadline, refusal, e);
      }
    }
  }

  private void pause(
      String what, int failures, long now, long deadline, Refusal refusal, SQLException cause) {
    if (now >= deadline) {
      SinkError code =
          refusal == Refusal.UNREACHABLE
              ? SinkError.TARGET_UNREACHABLE
              : SinkError.RETRIES_EXHAUSTED;
      throw new DmException(
          code,
          "Could not "
              + what
              + " in "
              + timeoutMillis
              + " ms, "
              + failures
              + " retries: "
              + describe(Redaction.of(cause)),
          Redaction.of(cause));
    }

    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 20));
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    if (failures >= 5) {
      LOG.warn(
          "Trying again to {} in {} ms: {}", what, jittered, Redaction.text(cause.getMessage()));
    } else {
      LOG.debug(
          "Trying again to {} in {} ms: {}", what, jittered, Redaction.text(cause.getMessage()));
    }

    if (pause(jittered)) {
      throw new DmException(SinkError.TARGET_UNREACHABLE, "Stopped while trying to " + what, cause);
    }
  }

  /** What happens inside a transaction. */
  @FunctionalInterface
  public interface Transaction<T> {
    /** Does it; does not commit. */
    T run(Connection connection) throws SQLException;
  }

  /** Runs a pessimistic transaction, again as a whole when the target asks for it. */
  public <T> T inTransaction(TargetPool pool, String what, Transaction<T> work) {
    return run(
        what,
        () -> {
          try (Connection connection = pool.connection();
              Statement begin = connection.createStatement()) {
            begin.execute("BEGIN PESSIMISTIC");
            try {
              T result = work.run(connection);
              connection.commit();
              return result;
            } catch (SQLException | RuntimeException e) {
              pool.evict(connection);
              throw e;
            }
          }
        });
  }

  /**
   * Waits.
   *
   * @return whether it was stopped
   */
  public boolean pause(long millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The error of a refusal that trying again does not change. */
  public static DmException refused(String what, Refusal refusal, SQLException cause) {
    SinkError code =
        switch (refusal) {
          case DENIED -> SinkError.ACCESS_DENIED;
          case VALUE -> SinkError.ROW_REFUSED;
          case SCHEMA -> SinkError.TARGET_SCHEMA;
          case UNREACHABLE -> SinkError.TARGET_UNREACHABLE;
          case TRY_AGAIN -> SinkError.RETRIES_EXHAUSTED;
          case OTHER -> SinkError.STATEMENT_REFUSED;
        };
    return new DmException(code, "Could not " + what + ": " + describe(cause), cause);
  }

  /** TiDB's message with its code. */
  public static String describe(SQLException error) {
    return "error "
        + error.getErrorCode()
        + " ("
        + error.getSQLState()
        + "): "
        + error.getMessage();
  }

  /** How often something was tried again. */
  public long retries() {
    return retries.sum();
  }

  /** Ends all pauses. */
  public void stop() {
    stopped.countDown();
  }
}
