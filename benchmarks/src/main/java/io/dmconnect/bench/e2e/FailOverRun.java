package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.ConnectWorker;
import io.dmconnect.local.server.Mysql;
import io.dmconnect.local.server.MysqlRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills workers of one contender, on fresh servers with two workers and nothing but single rows.
 */
final class FailOverRun implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> TABLES = List.of(Tables.PULSE);
  private static final String SOURCE = "pulse";
  private static final String SINK = "pulse-sink";
  private static final long NANOS_BETWEEN_ROWS = 50_000_000L;

  private final Contender contender;
  private final LocalStack stack;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile long written;

  /** Starts fresh servers, with the settings that the examples ship. */
  FailOverRun(Contender contender, ArtifactStore store) {
    this.contender = contender;
    this.stack =
        LocalStack.builder()
            .mysql("mysql", MysqlRelease.MYSQL_8_0, Mysql.BENCHMARK.toArray(String[]::new))
            .tidb()
            .kafka()
            .avroRegistry()
            .connect(2)
            .workerSetting("offset.flush.interval.ms", "5000")
            .plugins(contender.plugins(store).toArray(Path[]::new))
            .converterJars(contender.converterJars().toArray(Path[]::new))
            .start();
    try (Sql mysql = stack.mysql().sql();
        Sql tidb = stack.tidb().sql()) {
      Tables.create(mysql);
      Tables.create(tidb);
    }
  }

  /** Kills the sink's worker, replaces it, kills the source's worker. */
  FailOver run() {
    ConnectRest rest = stack.rest();
    rest.create(SOURCE, contender.source(stack, SOURCE, TABLES));
    Map<String, String> config = contender.sink(stack, SOURCE, false, 1);
    config.put("consumer.override.metadata.max.age.ms", "10000");
    rest.create(SINK, config);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::write);
    try {
      awaitFlow();
      double sink = kill(SINK);
      stack.addWorker();
      rest.awaitRunning(SOURCE, 1, LIMIT);
      rest.awaitRunning(SINK, 1, LIMIT);
      awaitFlow();
      return new FailOver(contender.title(), sink, kill(SOURCE));
    } finally {
      stopped.set(true);
      writing.join();
    }
  }

  private void write() {
    try (Sql sql = stack.mysql().sql(Tables.DATABASE)) {
      for (long id = 1; !stopped.get(); id++) {
        sql.run("INSERT INTO " + Tables.PULSE + " VALUES (" + id + ", 'beat')");
        written = id;
        LockSupport.parkNanos(NANOS_BETWEEN_ROWS);
      }
    }
  }

  private double kill(String connector) {
    String id = stack.rest().status(connector).tasks().get(0).worker();
    ConnectWorker worker = stack.connect().worker(id);
    long start = System.nanoTime();
    worker.kill9();
    awaitRow(written + 1);
    return (System.nanoTime() - start) / 1e9;
  }

  private void awaitFlow() {
    awaitRow(written + 50);
  }

  private void awaitRow(long id) {
    try (Sql sql = stack.tidb().sql(Tables.DATABASE)) {
      String query = "SELECT COUNT(*) FROM " + Tables.PULSE + " WHERE id = " + id;
      Await.until("row " + id, LIMIT, () -> sql.number(query) == 1);
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}
