package io.dmconnect.it.scenario;

import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.it.harness.Configs;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.zookeeper.ZooDefs;

/**
 * The connectors and the coordinator that many scenarios of one mode share: a source for each of
 * two MySQL servers, one sink with two tasks whose routes are those of all scenarios. Safe for
 * several threads once it is started.
 */
final class ScenarioPipeline implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<String> SOURCES = List.of("s1", "s2");
  private static final long CHECK_NANOS = 1_000_000_000L;

  private final LocalStack stack;
  private final String run;
  private final Mode mode;
  private Coordinator coordinator;
  private final Set<String> stopped = new TreeSet<>();
  private String failure;
  private long checkedAt;

  ScenarioPipeline(LocalStack stack, Mode mode) {
    this.stack = stack;
    this.mode = mode;
    this.run = "sm" + UUID.randomUUID().toString().substring(0, 6);
  }

  LocalStack stack() {
    return stack;
  }

  Mode mode() {
    return mode;
  }

  Names names(Scenario scenario) {
    return new Names(run, scenario.number());
  }

  /** Starts everything on what the scenarios have prepared; waits until all tables are read. */
  void start(List<Scenario> scenarios) throws Exception {
    startCoordinator();
    for (String source : SOURCES) {
      rest().create(connector(source), source(source));
    }

    for (String source : SOURCES) {
      rest().awaitRunning(connector(source), 1, LIMIT);
    }

    awaitTopics(scenarios);
    rest().create(connector("sink"), sink(scenarios));
    rest().awaitRunning(connector("sink"), 2, LIMIT);
  }

  private void awaitTopics(List<Scenario> scenarios) {
    List<String> topics = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Names names = names(scenario);
      for (Shard shard : scenario.shards().values()) {
        topics.add(names.source(shard.source()) + "." + names.table(shard));
      }
    }

    Properties config = new Properties();
    config.put("bootstrap.servers", stack.kafka().bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      Await.until(
          topics.size() + " topics",
          LIMIT,
          () -> admin.listTopics().names().get().containsAll(topics),
          this::failure);
    }
  }

  private Map<String, String> source(String source) {
    Map<String, String> config =
        new HashMap<>(Configs.source(Servers.server(stack, source), run + source));
    config.putAll(stack.converterSettings());
    config.put("do-dbs", run + "_*");
    config.put("topic.prefix", run + "-" + source);
    config.put("coordinator.zookeeper.connect", zooKeeper());
    config.put("coordinator.task", run);
    return config;
  }

  private Map<String, String> sink(List<Scenario> scenarios) {
    Map<String, String> config = new HashMap<>(Configs.sink(stack, run));
    config.putAll(stack.converterSettings());
    config.put("tasks.max", "2");
    config.put("topics.regex", run + "-s[12]\\..*");
    config.put("meta.schema", run + "_meta");
    config.put("shard-mode", mode.shardMode());
    config.put("coordinator.zookeeper.connect", zooKeeper());
    config.put("coordinator.task", run);
    config.put("coordinator.expected-sources", run + "-s1," + run + "-s2");
    List<String> routes = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      if (scenario.route() != null) {
        Names names = names(scenario);
        String rule = "r" + scenario.number();
        routes.add(rule);
        config.put("routes." + rule + ".schema-pattern", names.prefix() + "_*");
        config.put("routes." + rule + ".table-pattern", "t*");
        config.put("routes." + rule + ".target-schema", names.target().schema());
        config.put("routes." + rule + ".target-table", names.target().table());
        scenario.route().forEach((key, value) -> config.put("routes." + rule + "." + key, value));
      }
    }

    config.put("routes", String.join(",", routes));
    return config;
  }

  private String zooKeeper() {
    return stack.zooKeeper().connectString() + "/" + run;
  }

  private String connector(String part) {
    return run + "-" + part;
  }

  private ConnectRest rest() {
    return stack.rest();
  }

  private synchronized void startCoordinator() throws Exception {
    coordinator =
        Coordinator.start(
            new ZooKeeperSettings(
                zooKeeper(), 6_000, 10_000, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, Map.of()),
            "http://localhost",
            Clock.systemUTC());
  }

  /** The coordinator that runs at present. */
  synchronized Coordinator coordinator() {
    return coordinator;
  }

  /**
   * Has a command carried out by the coordinator, which no other scenario restarts meanwhile.
   *
   * @return what became of it; null when that is not known yet
   */
  synchronized AuditEntry act(TableId target, OperatorAction action) throws Exception {
    return coordinator.act(run, target, action);
  }

  String task() {
    return run;
  }

  /** Handles a part, for all scenarios of the pipeline. */
  synchronized void handle(Step.Handle step) throws Exception {
    String part = step.part();
    switch (step.verb()) {
      case "restart" -> restart(part);
      case "stop" -> {
        rest().stop(connector(part));
        stopped.add(part);
      }
      case "start" -> {
        rest().resume(connector(part));
        rest().awaitRunning(connector(part), 1, LIMIT);
        stopped.remove(part);
      }
      case "forget" -> coordinator.forgetSource(run, run + "-" + part, "the scenario");
      default -> throw new IllegalArgumentException("A part cannot be handled so: " + step);
    }
  }

  private void restart(String part) throws Exception {
    if (part.equals("coordinator")) {
      coordinator.close();
      startCoordinator();
    } else {
      rest().restart(connector(part));
      failure = null;
      // The failure that stopped it may still be told for a moment.
      Await.until(
          connector(part) + " to run again",
          LIMIT,
          () -> rest().status(connector(part)).running(1));
    }
  }

  /** Whether a source does not run. */
  synchronized boolean isStopped(String source) {
    return stopped.contains(source);
  }

  /** Gives a connector other values for some keys. */
  synchronized void configure(String part, Map<String, String> keys) {
    Map<String, String> config = rest().config(connector(part));
    config.putAll(keys);
    rest().create(connector(part), config);
    rest().awaitRunning(connector(part), 1, LIMIT);
  }

  /** A group as the coordinator sees it; null when it does not know it at present. */
  GroupState group(TableId target) {
    return group(coordinator(), target);
  }

  private GroupState group(Coordinator now, TableId target) {
    var task = now.tasks().get(run);
    var group = task == null ? null : task.groups().get(target);
    return group == null || group.stored() == null ? null : group.stored().state();
  }

  /**
   * A group as the coordinator that leads sees it; null when there is none. Waited for while no
   * coordinator leads: another scenario may just have restarted it.
   */
  GroupState knownGroup(TableId target) {
    return Await.value(
            "a coordinator that has read all groups",
            LIMIT,
            () -> {
              Coordinator now = coordinator();
              boolean ready = now.isReady();
              Optional<GroupState> group = Optional.ofNullable(group(now, target));
              return ready && now.isReady() ? group : null;
            })
        .orElse(null);
  }

  /** The stack trace of a failed task, looked for once a second; null when none failed. */
  synchronized String failure() {
    long now = System.nanoTime();
    if (failure == null && now - checkedAt > CHECK_NANOS) {
      checkedAt = now;
      for (String part : List.of("s1", "s2", "sink")) {
        String trace = rest().failure(connector(part));
        failure = trace == null ? failure : trace;
      }
    }

    return failure;
  }

  @Override
  public void close() throws Exception {
    for (String part : List.of("s1", "s2", "sink")) {
      if (rest().connectors().contains(connector(part))) {
        rest().delete(connector(part));
      }
    }

    if (coordinator() != null) {
      coordinator().close();
    }

    try (Servers servers = Servers.connect(stack)) {
      for (var server : List.of(servers.first(), servers.second(), servers.tidb())) {
        String query =
            "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '"
                + run
                + "\\_%'";
        server.column(query).forEach(schema -> server.run("DROP DATABASE `" + schema + "`"));
      }
    }
  }
}
