package io.dmconnect.local.demo;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.server.AvroRegistry;
import io.dmconnect.local.server.ConnectWorker;
import io.dmconnect.local.server.DatabaseServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The main job on a running stack: four shards on two sources become one table while they are
 * written to, schemas change on some shards before the others, a worker is killed, and both ends
 * are compared.
 */
final class DemoRun {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration STREAMING = Duration.ofSeconds(8);
  private static final long REPORT_EVERY_MILLIS = 500;
  private static final String SINK = "tidb";
  private static final List<String> SOURCES = List.of("mysql-1", "mysql-2");

  private final LocalStack stack;
  private final Path home;
  private final int rows;
  private final PrintStream out;
  private final boolean terminal;
  private final DemoCoordination coordination;
  private final Clock clock;
  private final List<DatabaseServer> sources;
  private long nextReport;
  private String failure;

  DemoRun(
      LocalStack stack,
      Path home,
      int rows,
      PrintStream out,
      boolean terminal,
      DemoCoordination coordination,
      Clock clock) {
    this.stack = stack;
    this.home = home;
    this.rows = rows;
    this.out = out;
    this.terminal = terminal;
    this.coordination = coordination;
    this.clock = clock;
    this.sources = SOURCES.stream().map(stack::database).toList();
  }

  /** Runs all of it and tells whether both ends are equal. */
  boolean run() throws SQLException {
    out.printf("Filling 4 shards of %,d rows on 2 sources, and a table of every type%n", rows);
    for (int i = 0; i < sources.size(); i++) {
      DemoDatabase.fill(sources.get(i), i, rows);
    }
    ProgressBoard board = new ProgressBoard(out, ProgressBoard.charsetOfOutput(), terminal, rows);
    try (TopicProgress topics = new TopicProgress(stack.kafka().bootstrapServers(), SINK)) {
      out.println(
          "Starting the write load, so that the shards change while their snapshot is read");
      try (WriteLoad load = new WriteLoad(sources, rows, clock)) {
        createConnectors();
        SnapshotEnd snapshot = new SnapshotEnd(sources.size());
        watchUntil(
            "the snapshot",
            board,
            topics,
            load,
            () -> snapshot.reached(pulses(), shardCounts(topics)));
        addColumn(board);
        ShardDdl shards = shardDdl(board, topics, load);
        shards.changeFirst();
        watchFor(STREAMING, board, topics, load);
        killWorker(board);
        watchUntil("the replacement", board, topics, load, this::tasksRun);
        shards.followLater();
        if (coordination.mode() == ShardMode.OPTIMISTIC) {
          shards.contradict();
        }
        watchFor(STREAMING, board, topics, load);
        board.say("Stopping the write load; waiting until the target has everything");
      }
      DemoProof proof = new DemoProof(sources, stack.tidb());
      try {
        watchUntil("equal ends", board, topics, null, () -> drained(topics) && equal(proof.read()));
      } catch (Await.AwaitException e) {
        board.say(String.valueOf(e.getMessage()));
      }
      List<DemoProof.Line> lines = proof.read();
      DemoProof.print(lines, out);
      return equal(lines);
    }
  }

  private ShardDdl shardDdl(ProgressBoard board, TopicProgress topics, WriteLoad load) {
    return new ShardDdl(
        sources,
        SOURCES,
        stack.tidb(),
        coordination,
        board::say,
        (what, done) -> watchUntil(what, board, topics, load, done));
  }

  private void createConnectors() {
    ExampleConfigs examples = new ExampleConfigs(home);
    ConnectRest rest = stack.rest();
    out.println("POST /connectors: mysql-1, mysql-2, tidb (config-examples/distributed)");
    for (int i = 0; i < SOURCES.size(); i++) {
      Map<String, String> config = examples.source(SOURCES.get(i), sources.get(i), 5701 + i);
      config.putAll(stack.avroRegistry().converterSettings());
      coordination.addTo(config);
      rest.create(SOURCES.get(i), config);
    }
    for (String source : SOURCES) {
      rest.awaitRunning(source, 1, LIMIT);
    }
    Map<String, String> sink = examples.sink(stack.tidb());
    AvroRegistry.addConverters(sink, stack.avroRegistry().converterSettings());
    coordination.addTo(sink, SOURCES);
    rest.create(SINK, sink);
    rest.awaitRunning(SINK, 1, LIMIT);
  }

  private void addColumn(ProgressBoard board) {
    board.say("ALTER TABLE everything ADD COLUMN added VARCHAR(20) NOT NULL DEFAULT 'here'");
    try (Sql sql = sources.get(0).sql(DemoDatabase.SCHEMA)) {
      sql.run(
          "ALTER TABLE everything ADD COLUMN added VARCHAR(20) NOT NULL DEFAULT 'here'",
          "UPDATE everything SET added = CONCAT('row ', id) WHERE id % 2 = 0",
          "INSERT INTO everything (i, added) VALUES (4711, 'after the ALTER')");
    }
  }

  private void killWorker(ProgressBoard board) {
    ConnectWorker victim =
        stack.connect().worker(stack.rest().status(SINK).tasks().get(0).worker());
    board.say("kill -9 of " + victim.name() + ", which runs the sink; starting a replacement");
    victim.kill9();
    stack.addWorker();
  }

  private boolean tasksRun() {
    ConnectRest rest = stack.rest();
    return rest.status(SINK).running(1)
        && SOURCES.stream().allMatch(source -> rest.status(source).running(1));
  }

  private static Map<String, TopicProgress.Counts> shardCounts(TopicProgress topics) {
    Map<String, TopicProgress.Counts> counts = topics.read(SOURCES.toArray(String[]::new));
    counts.keySet().retainAll(DemoDatabase.SHARDS.stream().map(DemoRun::topic).toList());
    return counts;
  }

  private static String topic(DemoDatabase.Shard shard) {
    return SOURCES.get(shard.source()) + "." + DemoDatabase.SCHEMA + "." + shard.table();
  }

  private static boolean drained(TopicProgress topics) {
    Map<String, TopicProgress.Counts> counts = topics.read(SOURCES.toArray(String[]::new));
    return counts.values().stream().allMatch(count -> count.waiting() == 0);
  }

  private static boolean equal(List<DemoProof.Line> lines) {
    return lines.stream().allMatch(DemoProof.Line::equal);
  }

  private void watchFor(Duration time, ProgressBoard board, TopicProgress topics, WriteLoad load) {
    long end = clock.millis() + time.toMillis();
    watchUntil("the write load", board, topics, load, () -> clock.millis() >= end);
  }

  private void watchUntil(
      String what,
      ProgressBoard board,
      TopicProgress topics,
      WriteLoad load,
      Callable<Boolean> done) {
    Await.until(what, LIMIT, () -> reported(board, topics, load) && done.call(), this::failure);
  }

  /** Draws the board and says yes, but only once in a while: reading the state costs too. */
  private boolean reported(ProgressBoard board, TopicProgress topics, WriteLoad load) {
    long now = clock.millis();
    if (now < nextReport) {
      return false;
    }
    nextReport = now + REPORT_EVERY_MILLIS;
    failure = connectorFailure();
    if (failure == null && load != null) {
      failure = load.failure();
    }
    long changes = load == null ? 0 : load.changes();
    board.show(topics.read(SOURCES.toArray(String[]::new)), now, lagMillis(), changes);
    return true;
  }

  private String failure() {
    return failure;
  }

  private String connectorFailure() {
    ConnectRest rest = stack.rest();
    for (String connector : List.of("mysql-1", "mysql-2", SINK)) {
      String failure = rest.failure(connector);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private long lagMillis() {
    long oldest = pulses().stream().mapToLong(Long::longValue).min().orElse(0);
    return oldest == 0 ? -1 : Math.max(0, clock.millis() - oldest / 1000);
  }

  /** When the write load last wrote to each source, as the target has it; empty without all. */
  private List<Long> pulses() {
    List<Long> pulses = new ArrayList<>();
    try (Sql sql = stack.tidb().sql()) {
      for (int i = 1; i <= sources.size(); i++) {
        pulses.add(sql.number("SELECT at FROM " + DemoDatabase.SCHEMA + ".pulse_" + i));
      }
    } catch (Sql.SqlException e) {
      return List.of();
    }
    return pulses;
  }
}
