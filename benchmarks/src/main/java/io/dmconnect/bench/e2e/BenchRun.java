package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.compare.TableDigest;
import io.dmconnect.local.compare.TableReader;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.Mysql;
import io.dmconnect.local.server.MysqlRelease;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All workloads of one contender on fresh servers. */
final class BenchRun implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final int CHANGES_PER_TRANSACTION = 4;

  private final Contender contender;
  private final PrintStream out;
  private final LocalStack stack;

  /** Starts fresh servers. */
  BenchRun(Contender contender, ArtifactStore store, PrintStream out) {
    this.contender = contender;
    this.out = out;
    this.stack =
        LocalStack.builder()
            .mysql("mysql", MysqlRelease.MYSQL_8_0, Mysql.BENCHMARK.toArray(String[]::new))
            .tidb()
            .kafka()
            .avroRegistry()
            .connect(1)
            .workerJvmOptions("-Xms1g")
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

  /**
   * Work like that of {@link #snapshot}, {@link #bulk} and {@link #hot} on tables of its own, so
   * that the JVMs have compiled what a worker that runs for days has compiled.
   */
  void warmUp(int rows) {
    snapshot("warm-up, snapshot", "warmsnap", Tables.WARM_SNAPSHOT, rows);
    bulk("warm-up, binlog", "warmbulk", Tables.WARM_BULK, rows);
    hot(
        "warm-up, 4-row transactions",
        contender.title(),
        "warmhot",
        tasks().get(0),
        rows / CHANGES_PER_TRANSACTION);
  }

  /** A full table of {@code rows} rows, from creating the connectors until the target has it. */
  Measurement snapshot(int rows) {
    return snapshot("snapshot", "snap", Tables.SNAPSHOT, rows);
  }

  private Measurement snapshot(String workload, String name, String table, int rows) {
    try (Sql mysql = mysql()) {
      Tables.fillOrders(mysql, table, rows);
    }
    List<String> tables = List.of(table);
    return measured(
        workload,
        contender.title(),
        rows,
        name,
        tables,
        () -> {
          create(name, tables, false, 1);
          awaitRows(table, rows);
        });
  }

  /** {@code rows} inserts in transactions of 1,000, written while the connectors are stopped. */
  Measurement bulk(int rows) {
    return bulk("binlog, 1,000-row transactions", "bulk", Tables.BULK, rows);
  }

  private Measurement bulk(String workload, String name, String table, int rows) {
    List<String> tables = List.of(table);
    startAndStop(name, tables, false, 1, table);
    try (Sql mysql = mysql()) {
      Tables.fillOrders(mysql, table, rows);
    }
    return measured(
        workload,
        contender.title(),
        rows,
        name,
        tables,
        () -> {
          resume(name);
          awaitRows(table, rows);
        });
  }

  /**
   * Transactions of four changes on hot rows, written while the connectors are stopped; the same
   * changes on tables of their own for each number of sink tasks.
   */
  List<Measurement> hot(int transactions) {
    List<Measurement> measurements = new ArrayList<>();
    for (int tasks : tasks()) {
      String title =
          tasks().size() == 1
              ? contender.title()
              : contender.title() + (tasks == 1 ? ", 1 task" : ", " + tasks + " tasks");
      measurements.add(
          hot("binlog, 4-row transactions", title, "hot" + tasks, tasks, transactions));
    }
    return measurements;
  }

  private List<Integer> tasks() {
    return contender.hotTasks(Tables.HOT_TABLES);
  }

  private Measurement hot(String workload, String title, String name, int tasks, int transactions) {
    List<String> tables = Tables.hot(name);
    try (Sql mysql = mysql();
        Sql tidb = tidb()) {
      Tables.createHot(mysql, tables);
      Tables.createHot(tidb, tables);
      Tables.fillHot(mysql, tables);
    }
    startAndStop(name, tables, true, tasks, tables.get(0));
    Tables.changeHot(this::mysql, tables, transactions);
    try (Sql mysql = mysql()) {
      for (String table : tables) {
        mysql.run("INSERT INTO " + table + " VALUES (-1, 0, 'last', 'last')");
      }
    }
    return measured(
        workload,
        title,
        (long) transactions * CHANGES_PER_TRANSACTION,
        name,
        tables,
        () -> {
          resume(name);
          for (String table : tables) {
            await(
                "the last row of " + table,
                "SELECT COUNT(*) FROM bench." + table + " WHERE id = -1",
                1);
          }
        });
  }

  /** Single-row transactions, ten a second, on an otherwise idle pipeline. */
  Latency latency(int seconds) {
    List<String> tables = List.of(Tables.PULSE);
    try (Sql mysql = mysql()) {
      mysql.run("INSERT INTO " + Tables.PULSE + " VALUES (0, 'first')");
    }
    create("pulse", tables, false, 1);
    await("the first row", "SELECT COUNT(*) FROM bench." + Tables.PULSE, 1);
    Latency latency =
        Latency.of(contender.title(), new LatencyProbe(this::mysql, this::tidb).run(seconds));
    remove("pulse");
    return latency;
  }

  private Measurement measured(
      String workload, String title, long rows, String name, List<String> tables, Runnable work) {
    CpuMeter cpu = new CpuMeter(stack.servers());
    long start = System.nanoTime();
    work.run();
    double wall = seconds(start);
    Map<String, Double> seconds = cpu.seconds();
    // reading both ends takes long: what counts is when the reading that found them equal began
    while (!areEqual(tables)) {
      wall = seconds(start);
      seconds = cpu.seconds();
      if (wall > LIMIT.toSeconds()) {
        throw new IllegalStateException("The ends of " + tables + " stay different");
      }
    }
    Measurement measurement = new Measurement(workload, title, rows, wall, seconds);
    out.printf(
        "%-30s %-32s %,9.0f rows/s  %6.1f s%n", title, workload, measurement.rowsPerSecond(), wall);
    remove(name);
    return measurement;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void create(String name, List<String> tables, boolean mixed, int tasks) {
    ConnectRest rest = stack.rest();
    rest.create(name, contender.source(stack, name, tables));
    rest.create(name + "-sink", contender.sink(stack, name, mixed, tasks));
    rest.awaitRunning(name, 1, LIMIT);
    rest.awaitRunning(name + "-sink", tasks, LIMIT);
  }

  private void startAndStop(
      String name, List<String> tables, boolean mixed, int tasks, String probe) {
    create(name, tables, mixed, tasks);
    try (Sql mysql = mysql()) {
      mysql.run(
          "INSERT INTO "
              + probe
              + " (id, "
              + others(mysql, probe)
              + ") SELECT -1, "
              + sample(probe));
      await("the first change", "SELECT COUNT(*) FROM bench." + probe + " WHERE id < 0", 1);
      mysql.run("DELETE FROM " + probe + " WHERE id < 0");
      await("its deletion", "SELECT COUNT(*) FROM bench." + probe + " WHERE id < 0", 0);
    }
    stack.rest().stop(name);
    stack.rest().stop(name + "-sink");
    awaitStopped(name);
    awaitStopped(name + "-sink");
  }

  private void resume(String name) {
    stack.rest().resume(name);
    stack.rest().resume(name + "-sink");
  }

  private void remove(String name) {
    stack.rest().delete(name);
    stack.rest().delete(name + "-sink");
  }

  private void awaitStopped(String name) {
    Await.until(
        name + " to stop",
        LIMIT,
        () ->
            stack.rest().status(name).state().equals("STOPPED")
                && stack.rest().status(name).tasks().isEmpty());
  }

  private static String others(Sql mysql, String table) {
    return String.join(
        ", ",
        mysql.column(
            "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'bench' AND"
                + " TABLE_NAME = '"
                + table
                + "' AND COLUMN_NAME <> 'id' ORDER BY ORDINAL_POSITION"));
  }

  private static String sample(String table) {
    return table.equals(Tables.BULK) || table.equals(Tables.WARM_BULK)
        ? "1, 'p', 1, 1.5, NULL, '2026-01-01', '2026-01-01'"
        : "1, 'c', 'p'";
  }

  // counting is a scan, which would take the target's CPU: first wait for the last row
  private void awaitRows(String table, long rows) {
    await(
        "row " + rows + " of " + table,
        "SELECT COUNT(*) FROM bench." + table + " WHERE id = " + rows,
        1);
    await(rows + " rows in " + table, "SELECT COUNT(*) FROM bench." + table, rows);
  }

  private void await(String what, String query, long expected) {
    try (Sql tidb = tidb()) {
      Await.until(
          what, LIMIT, () -> tidb.number(query) == expected, new FailureCheck(stack.rest()));
    }
  }

  private boolean areEqual(List<String> tables) {
    try {
      for (String table : tables) {
        if (digests(table).stream().distinct().count() > 1) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("Reading both ends failed", e);
    }
  }

  private List<TableDigest> digests(String table) throws SQLException {
    List<TableDigest> digests = new ArrayList<>();
    for (Supplier<Sql> end : List.<Supplier<Sql>>of(this::mysql, this::tidb)) {
      try (Sql sql = end.get()) {
        List<String> columns = new TableReader().columns(sql.connection(), Tables.DATABASE, table);
        digests.add(TableDigest.of(sql.connection(), Tables.DATABASE, table, columns));
      }
    }
    return digests;
  }

  private Sql mysql() {
    return stack.mysql().sql(Tables.DATABASE);
  }

  private Sql tidb() {
    return stack.tidb().sql(Tables.DATABASE);
  }

  @Override
  public void close() {
    stack.close();
  }
}
