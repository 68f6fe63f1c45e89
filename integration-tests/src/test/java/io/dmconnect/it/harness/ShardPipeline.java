package io.dmconnect.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.zookeeper.ZooDefs;

/**
 * Two sources, each with one shard table {@code orders} in a database of its own, a sink with two
 * tasks that merges them into one table, and a coordinator.
 */
public final class ShardPipeline implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalStack stack;
  private final String name;
  private final Sql mysql;
  private final Sql tidb;
  private final Coordinator coordinator;
  private final Set<String> connectors = new LinkedHashSet<>();

  /** Makes the shards' databases, empty; nothing runs yet but the coordinator. */
  public ShardPipeline(LocalStack stack) throws Exception {
    this.stack = stack;
    this.name = "merge_" + UUID.randomUUID().toString().substring(0, 8);
    this.mysql = stack.mysql().sql();
    this.tidb = stack.tidb().sql();
    mysql.run("CREATE DATABASE `" + shard(0) + "`", "CREATE DATABASE `" + shard(1) + "`");
    this.coordinator =
        Coordinator.start(
            new ZooKeeperSettings(
                zooKeeper(), 6_000, 10_000, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, Map.of()),
            "http://localhost",
            Clock.systemUTC());
  }

  private String zooKeeper() {
    return stack.zooKeeper().connectString() + "/" + name;
  }

  /** The database of a shard. */
  public String shard(int index) {
    return name + "_" + (char) ('a' + index);
  }

  private String source(int index) {
    return "it-" + shard(index);
  }

  private String sink() {
    return "sink-" + name;
  }

  /** The merged table, quoted. */
  public String merged() {
    return table().quoted();
  }

  private TableId table() {
    return table("orders");
  }

  /** A table of the merged table's database. */
  public TableId table(String table) {
    return new TableId(name, table);
  }

  /** The merged table's database. */
  public String target() {
    return name;
  }

  /** The member of a shard. */
  public MemberId member(int index) {
    return member(index, "orders");
  }

  /** The member that another table of a shard's database is. */
  public MemberId member(int index, String table) {
    return MemberId.of(source(index), shard(index), table);
  }

  /** Creates the connectors and waits until their tasks run. */
  public ShardPipeline start(String mode) {
    return startSource(0).startSource(1).startSink(mode, Map.of());
  }

  /** Creates the connector of a shard's source and waits until its task runs. */
  public ShardPipeline startSource(int index) {
    create("source-" + shard(index), sourceConfig(index), 1);
    return this;
  }

  /**
   * Creates the sink and waits until its tasks run.
   *
   * @param more keys beside the usual ones
   */
  public ShardPipeline startSink(String mode, Map<String, String> more) {
    create(sink(), sinkConfig(mode, more), 2);
    return this;
  }

  private void create(String connector, Map<String, String> config, int tasks) {
    rest().create(connector, config);
    connectors.add(connector);
    rest().awaitRunning(connector, tasks, LIMIT);
  }

  /** The configuration of a shard's source. */
  public Map<String, String> sourceConfig(int index) {
    Map<String, String> config = new HashMap<>(Configs.source(stack, shard(index)));
    config.putAll(stack.converterSettings());
    config.put("name", "source-" + shard(index));
    config.put("coordinator.zookeeper.connect", zooKeeper());
    config.put("coordinator.task", name);
    return config;
  }

  /** The sink's configuration. */
  public Map<String, String> sinkConfig(String mode, Map<String, String> more) {
    Map<String, String> config = new HashMap<>(Configs.sink(stack, name));
    config.put("name", sink());
    config.putAll(stack.converterSettings());
    config.put("tasks.max", "2");
    config.put("topics.regex", "it-" + name + "_[ab]\\..*");
    config.put("routes", "m");
    config.put("routes.m.schema-pattern", name + "_*");
    config.put("routes.m.table-pattern", "orders*");
    config.put("routes.m.target-schema", name);
    config.put("routes.m.target-table", "orders");
    config.put("meta.schema", name + "_meta");
    config.put("shard-mode", mode);
    config.put("coordinator.zookeeper.connect", zooKeeper());
    config.put("coordinator.task", name);
    config.put("coordinator.expected-sources", source(0) + "," + source(1));
    config.putAll(more);
    return config;
  }

  /** Gives the source of a shard other keys and waits until it runs with them. */
  public ShardPipeline reconfigureSource(int index, Map<String, String> more) {
    Map<String, String> config = sourceConfig(index);
    config.putAll(more);
    rest().create("source-" + shard(index), config);
    rest().awaitRunning("source-" + shard(index), 1, LIMIT);
    return this;
  }

  /** Gives the sink other keys; see {@link #startSink}. */
  public ShardPipeline reconfigureSink(String mode, Map<String, String> more) {
    rest().create(sink(), sinkConfig(mode, more));
    return this;
  }

  /** Waits until a task of the sink has failed, and tells its stack trace. */
  public String awaitSinkFailure() {
    return rest().awaitFailure(sink(), LIMIT);
  }

  /**
   * Starts the sink's failed tasks again until all run: one that took over the partition of another
   * may fail a moment later.
   */
  public ShardPipeline restartSink() {
    Await.until(
        "the sink runs again",
        LIMIT,
        () -> {
          if (rest().failure(sink()) != null) {
            rest().restartFailed(sink());
          }

          return rest().status(sink()).running(2);
        });
    return this;
  }

  /**
   * Stops the source of a shard, has its offsets say that it was cut off while it read its table
   * and its stream had none, runs what happens meanwhile, and lets it go on.
   */
  public ShardPipeline cutOffSnapshot(int index, Runnable meanwhile) {
    String connector = "source-" + shard(index);
    Await.until("the snapshot's offset to be committed", LIMIT, () -> hasSnapshotOffset(connector));
    rest().stop(connector);
    Await.until("the source to stop", LIMIT, () -> rest().status(connector).tasks().isEmpty());
    JsonNode offsets = rest().offsets(connector);
    ArrayNode all = (ArrayNode) offsets.get("offsets");
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).get("partition").has("snapshot")) {
        ObjectNode dump = (ObjectNode) all.get(i).get("offset");
        dump.put("done", false).remove(List.of("until_file", "until_pos", "until_gtids"));
      } else if (all.get(i).get("partition").size() == 1) {
        ((ObjectNode) all.get(i)).putNull("offset");
      } else {
        all.remove(i);
      }
    }

    rest().alterOffsets(connector, offsets);
    meanwhile.run();
    rest().resume(connector);
    rest().awaitRunning(connector, 1, LIMIT);
    return this;
  }

  private boolean hasSnapshotOffset(String connector) {
    for (JsonNode one : rest().offsets(connector).get("offsets")) {
      if (one.get("partition").has("snapshot")) {
        return true;
      }
    }

    return false;
  }

  /** Deletes the source of a shard. */
  public ShardPipeline deleteSource(int index) {
    rest().delete("source-" + shard(index));
    connectors.remove("source-" + shard(index));
    return this;
  }

  /** Has an operator forget the source of a shard, once its connector is gone. */
  public ShardPipeline forgetSource(int index) throws Exception {
    Await.until(
        source(index) + " is gone", LIMIT, () -> !coordinator.isConnected(name, source(index)));
    coordinator.forgetSource(name, source(index), "tester");
    return this;
  }

  /** Has an operator give a command about a member. */
  public ShardPipeline act(Exit exit, MemberId member, String... statements) throws Exception {
    return act(table(), exit, member, statements);
  }

  /** Has an operator give a command about a member of a merged table. */
  public ShardPipeline act(TableId target, Exit exit, MemberId member, String... statements)
      throws Exception {
    coordinator.act(
        name,
        target,
        new OperatorAction(
            coordinator.newActionId(),
            exit,
            member,
            List.of(statements),
            null,
            "tester",
            coordinator.nowMillis()));
    return this;
  }

  /** Waits until a member's request is decided for good, as by an operator's command. */
  public ShardPipeline awaitNoRequest(int index) {
    Await.until(
        "the request of " + member(index) + " to be decided",
        LIMIT,
        () -> group() != null && !group().pending().containsKey(member(index)));
    return this;
  }

  /** Has the sources look at their tables anew and waits for their answers. */
  public ShardPipeline check() throws Exception {
    long number = coordinator.askForCheck(name, "the test");
    Await.until(
        "the sources answer the check",
        LIMIT,
        () ->
            IntStream.range(0, 2)
                .allMatch(
                    i ->
                        coordinator.tasks().get(name).answers().getOrDefault(source(i), 0L)
                            >= number));
    return this;
  }

  /** What the prechecks found. */
  public List<Finding> findings() {
    TaskSnapshot task = coordinator.tasks().get(name);
    return task == null ? List.of() : task.findings();
  }

  /** Waits until something holds. */
  public ShardPipeline await(String what, Callable<Boolean> condition) {
    Await.until(what, LIMIT, condition, this::failure);
    return this;
  }

  /** Runs statements in a shard's database. */
  public ShardPipeline on(int index, String... statements) {
    mysql.run("USE `" + shard(index) + "`");
    mysql.run(statements);
    return this;
  }

  /** Waits until a query on the target returns these values. */
  public ShardPipeline awaitTarget(String query, String... values) {
    try {
      Await.until(
          query + " to return " + List.of(values),
          LIMIT,
          () -> tidb.column(query).equals(List.of(values)),
          this::failure);
    } catch (Await.AwaitException e) {
      throw new AssertionError(e.getMessage() + "; it returns " + tidb.column(query), e);
    }

    return this;
  }

  /** Waits until a member's request has such a decision. */
  public ShardPipeline awaitDecision(int index, Class<? extends Decision> kind) {
    return awaitDecision(table(), member(index), kind);
  }

  /** Waits until the request of a merged table's member has such a decision. */
  public ShardPipeline awaitDecision(
      TableId target, MemberId member, Class<? extends Decision> kind) {
    return await(
        member + " to be told " + kind.getSimpleName(),
        () -> {
          GroupState group = group(target);
          return group != null
              && group.pending().containsKey(member)
              && kind.isInstance(group.pending().get(member).decision());
        });
  }

  /** The group as the coordinator sees it; null when there is none yet. */
  public GroupState group() {
    return group(table());
  }

  /** The group of a merged table as the coordinator sees it; null when there is none yet. */
  public GroupState group(TableId target) {
    return coordinator.tasks().containsKey(name)
        ? coordinator.tasks().get(name).groups().values().stream()
            .map(TaskSnapshot.Group::stored)
            .filter(stored -> stored != null && stored.state().config().target().equals(target))
            .map(StoredGroup::state)
            .findFirst()
            .orElse(null)
        : null;
  }

  /** The connection to the target. */
  public Sql tidb() {
    return tidb;
  }

  private ConnectRest rest() {
    return stack.rest();
  }

  /** The stack trace of a failed task; null when none failed. */
  private String failure() {
    for (String connector : connectors) {
      String trace = rest().failure(connector);
      if (trace != null) {
        return trace;
      }
    }

    return null;
  }

  @Override
  public void close() throws Exception {
    connectors.forEach(rest()::delete);
    coordinator.close();
    mysql.run("DROP DATABASE `" + shard(0) + "`", "DROP DATABASE `" + shard(1) + "`");
    tidb.run(
        "DROP DATABASE IF EXISTS `" + name + "`", "DROP DATABASE IF EXISTS `" + name + "_meta`");
    mysql.close();
    tidb.close();
  }
}
