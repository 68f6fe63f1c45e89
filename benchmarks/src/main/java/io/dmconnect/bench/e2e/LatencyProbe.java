package io.dmconnect.bench.e2e;

import io.dmconnect.local.client.Sql;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Writes a row now and then and watches when each becomes visible in the target. */
final class LatencyProbe {
  private static final int ROWS_PER_SECOND = 10;
  private static final long GIVE_UP_NANOS = 30_000_000_000L;
  private final Supplier<Sql> source;
  private final Supplier<Sql> target;

  LatencyProbe(Supplier<Sql> source, Supplier<Sql> target) {
    this.source = source;
    this.target = target;
  }

  /** The time of each row from its commit to its appearance, in nanoseconds. */
  long[] run(int seconds) {
    int rows = seconds * ROWS_PER_SECOND;
    AtomicLongArray committed = new AtomicLongArray(rows + 1);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing = writer.submit(() -> write(rows, committed));
      long[] latencies = watch(rows, committed);
      writing.get();
      return latencies;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Writing failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      writer.shutdownNow();
    }
  }

  private void write(int rows, AtomicLongArray committed) {
    try (Sql sql = source.get()) {
      for (int id = 1; id <= rows; id++) {
        LockSupport.parkNanos(1_000_000_000L / ROWS_PER_SECOND);
        sql.run("INSERT INTO " + Tables.PULSE + " VALUES (" + id + ", 'beat')");
        committed.set(id, System.nanoTime());
      }
    }
  }

  private long[] watch(int rows, AtomicLongArray committed) {
    long[] latencies = new long[rows];
    long deadline = System.nanoTime() + rows * 1_000_000_000L / ROWS_PER_SECOND + GIVE_UP_NANOS;
    try (Sql sql = target.get()) {
      for (int id = 1; id <= rows; ) {
        long seen = sql.number("SELECT MAX(id) FROM " + Tables.PULSE);
        long now = System.nanoTime();
        for (; id <= seen; id++) {
          latencies[id - 1] = Math.max(0, now - committedAt(committed, id));
        }
        if (now > deadline) {
          throw new IllegalStateException("Row " + id + " never arrived");
        }
        LockSupport.parkNanos(2_000_000);
      }
    }
    return latencies;
  }

  private static long committedAt(AtomicLongArray committed, int id) {
    long at = committed.get(id);
    while (at == 0) {
      Thread.onSpinWait();
      at = committed.get(id);
    }
    return at;
  }
}
