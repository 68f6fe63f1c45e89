package io.dmconnect.source.engine;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.binlog.BinlogBrokenException;
import io.dmconnect.source.binlog.BinlogConnection;
import io.dmconnect.source.binlog.BinlogReader;
import io.dmconnect.source.binlog.BinlogRefusedException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.stream.StreamHandler;
import io.dmconnect.source.stream.StreamMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the binlog connection up and goes on exactly where it broke. */
final class StreamRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);
  private static final int BINLOG_ERROR = 1236;
  private static final int ACCESS_DENIED = 1045;
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final BinlogConnection connection;
  private final StreamHandler handler;
  private final boolean gtids;
  private final Duration retryTimeout;
  private final StreamMetrics metrics;
  private final LongSupplier nanoClock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile BinlogReader reader;

  /**
   * A runner.
   *
   * @param connection how to reach the binlog
   * @param handler takes the events
   * @param gtids whether positions are told to the server by GTID
   * @param retryTimeout how long a lost server is tried again
   * @param metrics tells whether events came, those of the server's greeting included
   * @param nanoClock {@code System::nanoTime}
   */
  StreamRunner(
      BinlogConnection connection,
      StreamHandler handler,
      boolean gtids,
      Duration retryTimeout,
      StreamMetrics metrics,
      LongSupplier nanoClock) {
    this.connection = connection;
    this.handler = handler;
    this.gtids = gtids;
    this.retryTimeout = retryTimeout;
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /**
   * Streams on this thread until {@link #stop}; fails when the server is gone for too long. A
   * connection counts that brought the stream on, or, when there is nothing to read, lasted.
   */
  void run() throws InterruptedException {
    long failingSince = 0;
    boolean failing = false;
    Duration delay = FIRST_DELAY;
    while (stopped.getCount() > 0) {
      long progress = handler.progress();
      long bytes = metrics.byteCount();
      long began = nanoClock.getAsLong();
      try {
        stream();
        return;
      } catch (BinlogRefusedException e) {
        throw refused(e);
      } catch (IOException e) {
        if (stopped.getCount() == 0) {
          return;
        }
        long now = nanoClock.getAsLong();
        boolean held = metrics.byteCount() > bytes && now - began > LONGEST_DELAY.toNanos();
        if (handler.progress() > progress || held || !failing) {
          failing = true;
          failingSince = now;
          delay = FIRST_DELAY;
        }
        if (now - failingSince > retryTimeout.toNanos()) {
          throw new DmException(
              SourceError.UNREACHABLE,
              "The binlog of " + connection + " cannot be read: " + e.getMessage(),
              e);
        }
        LOG.warn("The binlog connection to {} broke, trying again", connection, e);
        if (stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
        delay = delay.multipliedBy(2);
        delay = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
      }
    }
  }

  private void stream() throws IOException, InterruptedException {
    BinlogPosition from = handler.rewind();
    BinlogReader current = new BinlogReader(connection, handler);
    reader = current;
    if (stopped.getCount() == 0) {
      return;
    }
    LOG.info("Streaming from {} begins at {}", connection, from);
    boolean byGtid = gtids && from.gtids() != null && !from.gtids().isEmpty();
    try {
      current.run(from.file(), from.offset(), byGtid ? from.gtids().toString() : null);
    } catch (BinlogBrokenException e) {
      throw new IOException("a prepared transaction cannot be read again", e);
    }
  }

  private DmException refused(BinlogRefusedException e) {
    String message =
        "The server refuses the binlog from "
            + (handler.where() + ": " + e.getMessage() + " (error " + e.errorCode() + ")");
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    SourceError code =
        switch (e.errorCode()) {
          case BINLOG_ERROR ->
              text.contains("server_id") || text.contains("server_uuid")
                  ? SourceError.BINLOG_REFUSED
                  : SourceError.BINLOG_GONE;
          case ACCESS_DENIED -> SourceError.ACCESS_DENIED;
          default -> SourceError.BINLOG_REFUSED;
        };
    return new DmException(code, message, e);
  }

  /** Ends {@link #run} soon; from any thread. */
  void stop() {
    stopped.countDown();
    BinlogReader current = reader;
    if (current != null) {
      current.stop();
    }
  }
}
