package io.dmconnect.coordinator;

import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.coordination.zk.ZooKeeperShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.zookeeper.ZooDefs;

/** Many shards of one group, spread over two sources and some sink tasks. */
final class TestGroup implements AutoCloseable {
  final TestTarget target = new TestTarget();
  final List<TestShard> shards = new ArrayList<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<ZooKeeperShardDdlClient> clients = new ArrayList<>();
  private final ZooKeeperSettings settings;
  private final CoordinationPaths paths = new CoordinationPaths("merge");

  /**
   * Starts the sinks and lets every shard create its table.
   *
   * @param zooKeeper the connect string with a chroot of the group's own
   */
  TestGroup(String zooKeeper, GroupMode mode, int members, int sinks) {
    settings =
        new ZooKeeperSettings(
            zooKeeper, 10_000, 10_000, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, Map.of());
    for (int i = 0; i < members; i++) {
      shards.add(new TestShard(TestShard.member(i), target));
    }

    for (String source : List.of("mysql-1", "mysql-2")) {
      ZooKeeperSourceClient client = new ZooKeeperSourceClient(settings, paths, source);
      open.push(client);
      client.state(
          shards.stream()
              .map(TestShard::id)
              .filter(id -> id.source().equals(source))
              .map(MemberId::table)
              .toList());
    }

    for (int i = 0; i < sinks; i++) {
      clients.add(new ZooKeeperShardDdlClient(settings, paths, "sink-" + i));
      clients.get(i).configure(settings(mode));
    }

    for (int i = 0; i < members; i++) {
      shards.get(i).by(clients.get(i % sinks)).created("id BIGINT PRIMARY KEY");
    }
  }

  static TaskSettings settings(GroupMode mode) {
    RouteRule merge =
        new RouteRule(
            "merge",
            NamePattern.of("shop_*", false),
            NamePattern.of("orders_*", false),
            "shop",
            "orders",
            List.of());
    return new TaskSettings(
        mode, new TreeSet<>(List.of("mysql-1", "mysql-2")), List.of(merge), false);
  }

  /** A sink task is gone, and another one takes over where the shards of the first stand. */
  void replaceSink(int number) {
    clients.get(number).close();
    clients.set(number, new ZooKeeperShardDdlClient(settings, paths, "sink-" + number));
    for (int i = number; i < shards.size(); i += clients.size()) {
      shards.get(i).by(clients.get(number));
    }
  }

  /** Whether every shard has made all its changes. */
  boolean isDone() {
    return shards.stream().allMatch(TestShard::isDone);
  }

  @Override
  public void close() throws Exception {
    clients.forEach(ZooKeeperShardDdlClient::close);
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
