package io.dmconnect.it.harness;

import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.Sql;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    return target().quoted();
  }

  private TableId target() {
    return new TableId(name, "orders");
  }

  /** The member of a shard. */
  public MemberId member(int index) {
    return MemberId.of(source(index), shard(index), "orders");
  }

  /** Creates the connectors and waits until their tasks run. */
  public ShardPipeline start(String mode) {
    for (int i = 0; i < 2; i++) {
      Map<String, String> config = new HashMap<>(Configs.source(stack, shard(i)));
      config.put("coordinator.zookeeper.connect", zooKeeper());
      config.put("coordinator.task", name);
      rest().create("source-" + shard(i), config);
    }

    Map<String, String> config = new HashMap<>(Configs.sink(stack, name));
    config.put("tasks.max", "2");
    config.put("topics.regex", "it-" + name + "_[ab]\\..*");
    config.put("routes", "m");
    config.put("routes.m.schema-pattern", name + "_*");
    config.put("routes.m.table-pattern", "orders");
    config.put("routes.m.target-schema", name);
    config.put("routes.m.target-table", "orders");
    config.put("meta.schema", name + "_meta");
    config.put("shard-mode", mode);
    config.put("coordinator.zookeeper.connect", zooKeeper());
    config.put("coordinator.task", name);
    config.put("coordinator.expected-sources", source(0) + "," + source(1));
    rest().create(sink(), config);
    IntStream.range(0, 2).forEach(i -> rest().awaitRunning("source-" + shard(i), 1, LIMIT));
    rest().awaitRunning(sink(), 2, LIMIT);
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
    Await.until(
        query + " to return " + List.of(values),
        LIMIT,
        () -> tidb.column(query).equals(List.of(values)),
        this::failure);
    return this;
  }

  /** Waits until a member's request has such a decision. */
  public ShardPipeline awaitDecision(int index, Class<? extends Decision> kind) {
    Await.until(
        member(index) + " to be told " + kind.getSimpleName(),
        LIMIT,
        () -> {
          GroupState group = group();
          return group != null
              && group.pending().containsKey(member(index))
              && kind.isInstance(group.pending().get(member(index)).decision());
        },
        this::failure);
    return this;
  }

  /** The group as the coordinator sees it; null when there is none yet. */
  public GroupState group() {
    return coordinator.tasks().containsKey(name)
        ? coordinator.tasks().get(name).groups().values().stream()
            .map(TaskSnapshot.Group::stored)
            .filter(stored -> stored != null && stored.state().config().target().equals(target()))
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
    for (String connector : List.of("source-" + shard(0), "source-" + shard(1), sink())) {
      String trace = rest().failure(connector);
      if (trace != null) {
        return trace;
      }
    }

    return null;
  }

  @Override
  public void close() throws Exception {
    rest().delete("source-" + shard(0));
    rest().delete("source-" + shard(1));
    rest().delete(sink());
    coordinator.close();
    mysql.run("DROP DATABASE `" + shard(0) + "`", "DROP DATABASE `" + shard(1) + "`");
    tidb.run(
        "DROP DATABASE IF EXISTS `" + name + "`", "DROP DATABASE IF EXISTS `" + name + "_meta`");
    mysql.close();
    tidb.close();
  }
}
