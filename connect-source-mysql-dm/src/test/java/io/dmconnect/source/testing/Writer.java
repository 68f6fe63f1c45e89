package io.dmconnect.source.testing;

import io.dmconnect.local.client.Sql;
import io.dmconnect.local.server.DatabaseServer;

/** Changes rows of the tables {@code t} and {@code k} as long as it is open. */
public final class Writer implements AutoCloseable {
  private final Thread thread;
  private volatile boolean stopped;
  private volatile int changes;

  /** Starts to write. */
  public Writer(DatabaseServer server, String schema) {
    thread = new Thread(() -> write(server, schema), "writer");
    thread.start();
  }

  private void write(DatabaseServer server, String schema) {
    try (Sql sql = server.sql(schema)) {
      while (!stopped) {
        int n = changes;
        sql.run(
            "UPDATE t SET v = " + n + " WHERE id = " + (1 + n * 37 % 5000),
            "DELETE FROM t WHERE id = " + (1 + n * 53 % 5000),
            "INSERT IGNORE INTO t VALUES (" + (1 + n * 91 % 6000) + ", 0)",
            "UPDATE IGNORE t SET id = id + 7000 WHERE id = " + (1 + n * 11 % 5000),
            "INSERT INTO k VALUES (" + n + ")",
            "DELETE FROM k WHERE v = " + (n * 3) + " LIMIT 1");
        changes = n + 1;
      }
    }
  }

  /** Waits for that many rounds. */
  public void await(int rounds) {
    while (changes < rounds && thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
