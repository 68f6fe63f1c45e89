package io.dmconnect.source.jdbc;

import io.dmconnect.source.error.TransientErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server over a new connection each time, and again while it is lost, full or going down.
 * Safe for use by several threads.
 */
public final class PatientConnections {
  private static final Logger LOG = LoggerFactory.getLogger(PatientConnections.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final Connections connections;
  private final Duration timeout;
  private final LongSupplier nanoClock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** What is asked; may be run more than once. */
  @FunctionalInterface
  public interface Question<T> {
    /** Asks over a connection in autocommit, which is closed afterwards. */
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Opens nothing yet.
   *
   * @param connections opens the connections
   * @param timeout how long a lost server is asked again
   * @param nanoClock {@code System::nanoTime}
   */
  public PatientConnections(Connections connections, Duration timeout, LongSupplier nanoClock) {
    this.connections = connections;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
  }

  /**
   * Asks until there is an answer.
   *
   * @return what the question gave; null when it gave that
   * @throws SQLException the last error, when asking again does not help or did not in time, or
   *     after {@link #stop}
   */
  public <T> T ask(Question<T> question) throws SQLException {
    long began = nanoClock.getAsLong();
    Duration delay = FIRST_DELAY;
    while (true) {
      try (Connection connection = connections.open()) {
        return question.ask(connection);
      } catch (SQLException e) {
        boolean late = nanoClock.getAsLong() - began > timeout.toNanos();
        if (late || !TransientErrors.isTransient(e)) {
          throw e;
        }
        LOG.warn("{} cannot be asked, trying again", connections, e);
        if (isStoppedWithin(delay)) {
          throw e;
        }
        delay = delay.multipliedBy(2);
        delay = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
      }
    }
  }

  private boolean isStoppedWithin(Duration delay) {
    try {
      return stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends asking again; from any thread. */
  public void stop() {
    stopped.countDown();
  }

  /** Who connects where. */
  @Override
  public String toString() {
    return connections.toString();
  }
}
