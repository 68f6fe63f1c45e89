package io.dmconnect.local.demo;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Small transactions of inserts, updates and deletes on every shard, one thread a source. */
final class WriteLoad implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong changes = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> writers = new ArrayList<>();
  private final int rows;
  private final Clock clock;
  private final AtomicReference<String> failure = new AtomicReference<>();

  /**
   * Starts writing at once.
   *
   * @param sources the upstream servers, in the order of the shards' source index
   * @param rows how many rows each shard had at first
   */
  WriteLoad(List<DatabaseServer> sources, int rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
    for (int i = 0; i < sources.size(); i++) {
      int index = i;
      writers.add(threads.submit(() -> write(sources.get(index), index)));
    }
  }

  /** How many rows have been changed so far. */
  long changes() {
    return changes.get();
  }

  /** Why a writer has failed; null while all write. */
  String failure() {
    return failure.get();
  }

  private void write(DatabaseServer server, int source) {
    try {
      writeUntilStopped(server, source);
    } catch (Sql.SqlException e) {
      failure.set("The write load on " + server.name() + " failed: " + e.getMessage());
      throw e;
    }
  }

  private void writeUntilStopped(DatabaseServer server, int source) {
    Random random = new Random(source);
    long nextId = rows;
    try (Sql sql = server.sql(DemoDatabase.SCHEMA)) {
      while (!stopped.get()) {
        for (DemoDatabase.Shard shard : DemoDatabase.SHARDS) {
          if (shard.source() == source) {
            transaction(sql, shard, nextId++, random);
          }
        }
        long micros = clock.millis() * 1000;
        sql.run("UPDATE pulse_" + (source + 1) + " SET at = " + micros + " WHERE id = 1");
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void transaction(Sql sql, DemoDatabase.Shard shard, long newId, Random random) {
    String table = shard.table();
    long existing = shard.firstId() + random.nextInt(Math.max(1, rows));
    long other = shard.firstId() + random.nextInt(Math.max(1, rows));
    sql.transaction(
        "INSERT INTO "
            + table
            + " (id, customer, product, quantity, price, ordered_at) VALUES ("
            + (shard.firstId() + newId)
            + ", "
            + random.nextInt(5003)
            + ", 'new product', 1, 9.99, NOW(3))",
        "UPDATE " + table + " SET quantity = quantity + 1 WHERE id = " + existing,
        "UPDATE " + table + " SET note = CONCAT('changed ', quantity) WHERE id = " + existing,
        "DELETE FROM " + table + " WHERE id = " + other);
    changes.addAndGet(4);
  }

  /** Stops writing and reports a writer's failure. */
  @Override
  public void close() {
    stopped.set(true);
    threads.shutdown();
    for (Future<?> writer : writers) {
      try {
        writer.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The write load failed: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
