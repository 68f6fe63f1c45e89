package io.dmconnect.coordinator;

import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationConnection;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.coordination.zk.ZooKeeperShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * Two sources with a shard each that go to one table, on a ZooKeeper and below a chroot of a test's
 * own; what a test opens is closed after it.
 */
abstract class TwoShards {
  static final Duration LIMIT = Duration.ofSeconds(30);
  private static final AtomicInteger RUNS = new AtomicInteger();
  static LocalStack stack;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ZooKeeperSettings settings =
      new ZooKeeperSettings(
          stack.zooKeeper().connectString() + "/it" + RUNS.incrementAndGet(),
          4_000,
          10_000,
          null,
          ZooDefs.Ids.OPEN_ACL_UNSAFE,
          Map.of());
  final CoordinationPaths paths = new CoordinationPaths("merge");
  final TestTarget target = new TestTarget();
  final TestShard first = new TestShard(TestShard.member(0), target);
  final TestShard second = new TestShard(TestShard.member(1), target);

  @BeforeAll
  static void startZooKeeper() {
    stack = LocalStack.builder().zooKeeper().start();
  }

  @AfterAll
  static void stopZooKeeper() {
    stack.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  ShardDdlClient twoShards(GroupMode mode) {
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(mode, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));
    source("mysql-2", List.of(second.id()));
    first.by(sink).created("id BIGINT PRIMARY KEY");
    second.by(sink).created("id BIGINT PRIMARY KEY");
    await("both shards are there", () -> first.isDone() && second.isDone());
    return sink;
  }

  static TaskSettings settings(GroupMode mode, String... sources) {
    RouteRule merge =
        new RouteRule(
            "merge",
            NamePattern.of("shop_*", false),
            NamePattern.of("orders_*", false),
            "shop",
            "orders",
            List.of());
    return new TaskSettings(mode, new TreeSet<>(List.of(sources)), List.of(merge), false);
  }

  Coordinator coordinator(String url) throws Exception {
    Coordinator coordinator = Coordinator.start(settings, url, Clock.systemUTC());
    open.push(coordinator);
    return coordinator;
  }

  CoordinationConnection connection() {
    CoordinationConnection connection = CoordinationConnection.open(settings);
    open.push(connection);
    return connection;
  }

  ShardDdlClient sink(String name) {
    ShardDdlClient client = new ZooKeeperShardDdlClient(settings, paths, name);
    open.push(client);
    return client;
  }

  void source(String name, Collection<MemberId> members) {
    ZooKeeperSourceClient client = new ZooKeeperSourceClient(settings, paths, name);
    open.push(client);
    client.state(members.stream().map(MemberId::table).toList());
  }

  /** A source that has looked at its only table. */
  ZooKeeperSourceClient source(String name, MemberId member, String columns) {
    ZooKeeperSourceClient client = new ZooKeeperSourceClient(settings, paths, name);
    open.push(client);
    client.found(facts(name, 0, member, columns));
    client.state(List.of(member.table()));
    return client;
  }

  static SourceFacts facts(String source, long answers, MemberId member, String columns) {
    KeyFacts empty = new KeyFacts(List.of("id"), null, null, new TreeSet<>());
    TableFacts facts = new TableFacts(TestShard.schema(columns), List.of(empty));
    return new SourceFacts(source, answers, new TreeMap<>(Map.of(member.table(), facts)));
  }

  GroupState group(Coordinator coordinator) {
    TaskSnapshot task = coordinator.tasks().get("merge");
    return task.groups().get(TestTarget.TABLE).stored().state();
  }

  static void await(String what, Callable<Boolean> condition) {
    Await.until(what, LIMIT, condition);
  }
}
