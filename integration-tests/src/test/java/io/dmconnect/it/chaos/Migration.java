package io.dmconnect.it.chaos;

import io.dmconnect.it.harness.Configs;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.ConnectorStatus;
import io.dmconnect.local.client.Sql;
import io.dmconnect.model.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two shards on each of two sources, their connectors, and the sink that merges them. */
final class Migration implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SHARDS_PER_SOURCE = 2;
  private static final int SINK_TASKS = 2;

  private final LocalStack stack;
  private final String name;
  private final List<Sql> connections = new ArrayList<>();
  private final List<Shard> shards = new ArrayList<>();

  /**
   * Makes the shards' tables; nothing runs yet.
   *
   * @param name the name of the DM task and of the merged table's schema
   */
  Migration(ChaosStack chaos, String name, Random random) {
    this.stack = chaos.servers();
    this.name = name;
    for (int i = 0; i < chaos.sources().size(); i++) {
      Sql sql = chaos.sources().get(i).sql();
      connections.add(sql);
      sql.run("CREATE DATABASE " + database(i));
      for (int j = 0; j < SHARDS_PER_SOURCE; j++) {
        shards.add(new Shard(sql, database(i), shards.size(), new Random(random.nextLong())));
      }
    }
  }

  private String database(int source) {
    return name + "_" + source;
  }

  String name() {
    return name;
  }

  List<Shard> shards() {
    return shards;
  }

  TableId merged() {
    return new TableId(name, "orders");
  }

  /** The schema of the sink's bookkeeping. */
  String meta() {
    return name + "_meta";
  }

  String sink() {
    return "sink-" + name;
  }

  String source(int index) {
    return "source-" + database(index);
  }

  /** Creates the connectors and waits until their tasks run. */
  void start(String mode) {
    for (int i = 0; i < connections.size(); i++) {
      Map<String, String> config =
          new HashMap<>(Configs.source(stack.database("source" + i), database(i)));
      coordinated(config);
      rest().create(source(i), config);
    }

    Map<String, String> config = new HashMap<>(Configs.sink(stack, name));
    coordinated(config);
    config.put("tasks.max", Integer.toString(SINK_TASKS));
    config.put("topics.regex", "it-" + name + "_[01]\\..*");
    config.put("routes", "m");
    config.put("routes.m.schema-pattern", name + "_*");
    config.put("routes.m.table-pattern", "orders_*");
    config.put("routes.m.target-schema", name);
    config.put("routes.m.target-table", merged().table());
    config.put("meta.schema", meta());
    config.put("shard-mode", mode);
    config.put("coordinator.expected-sources", "it-" + database(0) + ",it-" + database(1));
    rest().create(sink(), config);
    IntStream.range(0, connections.size()).forEach(i -> rest().awaitRunning(source(i), 1, LIMIT));
    rest().awaitRunning(sink(), SINK_TASKS, LIMIT);
  }

  private void coordinated(Map<String, String> config) {
    config.put("coordinator.zookeeper.connect", stack.zooKeeper().connectString());
    config.put("coordinator.task", name);
  }

  private ConnectRest rest() {
    return stack.rest();
  }

  /** The address of the worker that runs one of a connector's tasks; null when none does now. */
  String workerOf(String connector, int task) {
    List<ConnectorStatus.Task> tasks = rest().status(connector).tasks();
    return tasks.isEmpty() ? null : tasks.get(task % tasks.size()).worker();
  }

  /** The stack trace of a failed task; null when none failed. */
  String failure() {
    return Stream.of(source(0), source(1), sink())
        .map(connector -> rest().failure(connector))
        .filter(trace -> trace != null)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    Stream.of(source(0), source(1), sink()).forEach(rest()::delete);
    connections.forEach(Sql::close);
  }
}
