package io.dmconnect.bench.e2e;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Measures schema changes of shards, and other tables while one of the shards waits. */
final class ShardDdlRun implements AutoCloseable {
  private static final String TITLE = "DM Connect";
  private static final int UNKNOWN_COLUMN = 1054;
  private static final int WARM_UP = 5;
  private static final int PAIRS = 3;
  private static final long POLL_NANOS = 2_000_000;
  private static final long IDLE_NANOS = 200_000_000;

  private final ShardServers servers;
  private final PrintStream out;
  private int columns;
  private int rows;

  /** Starts fresh servers. */
  ShardDdlRun(Path home, ArtifactStore store, PrintStream out) {
    this.servers = new ShardServers(home, store);
    this.out = out;
  }

  /**
   * Measures.
   *
   * @param changes how many schema changes
   * @param backlog how many rows of another table each measurement of throughput moves
   */
  ShardDdl run(int changes, int backlog) {
    long[] ddl = new long[changes];
    long[] row = new long[changes];
    for (int i = -WARM_UP; i < changes; i++) {
      long[] nanos = change();
      if (i >= 0) {
        ddl[i] = nanos[0];
        row[i] = nanos[1];
      }
    }

    double free = 0;
    double waiting = 0;
    throughput(backlog);
    for (int i = 0; i < PAIRS; i++) {
      double without = throughput(backlog);
      String renamed = letWait(i);
      double with = throughput(backlog);
      follow(i, renamed);
      out.printf("another table: %,.0f rows/s, while a shard waits %,.0f rows/s%n", without, with);
      free += without / PAIRS;
      waiting += with / PAIRS;
    }

    return new ShardDdl(Latency.of(TITLE, ddl), Latency.of(TITLE, row), waiting, free);
  }

  /** The first shard gets a column and a row with it, then the other shard the column. */
  private long[] change() {
    String column = "c" + columns++;
    long id = 1_000L + columns;
    try (Sql first = servers.mysql(0);
        Sql second = servers.mysql(1);
        Sql tidb = servers.tidb()) {
      String add = " ADD COLUMN " + column + " INT NOT NULL DEFAULT 7";
      first.run("ALTER TABLE " + ShardServers.table(0) + add);
      long start = System.nanoTime();
      first.run(
          "INSERT INTO " + ShardServers.table(0) + " (id, " + column + ") VALUES (" + id + ", 8)");
      long written = System.nanoTime();
      poll(tidb, "SELECT COUNT(" + column + ") >= 0 FROM orders");
      long executed = System.nanoTime() - start;
      poll(tidb, "SELECT COUNT(*) FROM orders WHERE id = " + id + " AND " + column + " = 8");
      long visible = System.nanoTime() - written;
      second.run("ALTER TABLE " + ShardServers.table(1) + add);
      // so that nothing of this change is under way when the next one comes
      LockSupport.parkNanos(IDLE_NANOS);
      return new long[] {executed, visible};
    }
  }

  /** Asks until the answer is yes; a column that is not there yet is a no. */
  private static void poll(Sql tidb, String query) {
    long limit = System.nanoTime() + ShardServers.LIMIT.toNanos();
    while (!isTrue(tidb, query)) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("Waited in vain for " + query);
      }

      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean isTrue(Sql tidb, String query) {
    try {
      return tidb.number(query) > 0;
    } catch (Sql.SqlException e) {
      if (e.errorCode() == UNKNOWN_COLUMN) {
        return false;
      }

      throw e;
    }
  }

  /** One shard renames a column, which the other has not done, and goes on writing. */
  private String letWait(int round) {
    String to = "item" + round;
    try (Sql first = servers.mysql(0);
        Sql second = servers.mysql(1)) {
      first.run(
          "ALTER TABLE " + ShardServers.table(0) + " RENAME COLUMN " + name(round) + " TO " + to,
          "INSERT INTO "
              + ShardServers.table(0)
              + " (id, "
              + to
              + ") VALUES ("
              + (500 + round)
              + ", 'held')");
      second.run("INSERT INTO " + ShardServers.table(1) + " (id) VALUES (" + (100 + round) + ")");
    }

    servers.await(
        "the other shard's row", "SELECT COUNT(*) FROM orders WHERE id = " + (100 + round), 1);
    return to;
  }

  private static String name(int round) {
    return round == 0 ? "item" : "item" + (round - 1);
  }

  private void follow(int round, String to) {
    try (Sql second = servers.mysql(1)) {
      second.run(
          "ALTER TABLE " + ShardServers.table(1) + " RENAME COLUMN " + name(round) + " TO " + to);
    }

    servers.await(
        "the row behind the change",
        "SELECT COUNT(*) FROM orders WHERE " + to + " = 'held'",
        round + 1);
  }

  /** Moves rows of another table of the first source, written while that connector is stopped. */
  private double throughput(int backlog) {
    String source = ShardServers.SOURCES.get(0);
    servers.rest().stop(source);
    Await.until(
        source + " to stop",
        ShardServers.LIMIT,
        () -> servers.rest().status(source).tasks().isEmpty());
    int last = rows + backlog;
    try (Sql mysql = servers.mysql(0)) {
      Tables.fillOrders(mysql, Tables.BULK, rows + 1, last);
    }

    rows = last;
    long start = System.nanoTime();
    servers.rest().resume(source);
    servers.await("the last row", "SELECT COUNT(*) FROM " + Tables.BULK + " WHERE id = " + last, 1);
    servers.await("all rows", "SELECT COUNT(*) FROM " + Tables.BULK, last);
    return backlog / ((System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    servers.close();
  }
}
