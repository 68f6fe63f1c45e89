package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.FoundJson;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.zk.CoordinationConnection;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.Test;

class FailuresIT extends TwoShards {
  @Test
  void aStandbyTakesOverWithEverythingThatWaits() throws Exception {
    Coordinator leader = coordinator("http://a");
    await("it leads", leader::isLeader);
    Coordinator standby = coordinator("http://b");
    twoShards(GroupMode.PESSIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)", "ADD COLUMN more INT");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    leader.close();
    await("the standby leads", standby::isLeader);
    second.then("ADD COLUMN note VARCHAR(20)", "ADD COLUMN more INT");

    await("both are done", () -> first.isDone() && second.isDone());
    assertThat(target.executed()).hasSize(3);
    assertThat(standby.leaderUrl()).isEqualTo("http://b");
  }

  @Test
  void aCoordinatorStartedBeforeZooKeeperListensComesUp() throws Exception {
    stack.zooKeeper().kill9();
    FutureTask<Coordinator> starting = new FutureTask<>(() -> coordinator("http://a"));
    new Thread(starting).start();
    stack.zooKeeper().start();

    Coordinator coordinator = starting.get(2 * LIMIT.toSeconds(), TimeUnit.SECONDS);
    await("it leads", coordinator::isReady);
  }

  @Test
  void aLostConnectionLosesNothing() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);

    stack.zooKeeper().kill9();
    first.then("ADD COLUMN note VARCHAR(20)");
    stack.zooKeeper().start();

    await("the first shard is done", first::isDone);
    assertThat(target.executed()).hasSize(2);
    await("the coordinator leads again", coordinator::isLeader);
  }

  @Test
  void aTaskAndItsGroupsAreShownWhileEverythingIsReadAnew() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);
    await("it leads", coordinator::isReady);
    CoordinationConnection connection = connection();
    String root = paths.group(TestTarget.TABLE).root();
    byte[] record = connection.curator().getData().forPath(root);
    AtomicInteger missing = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    Thread looking =
        new Thread(
            () -> {
              while (!ended.get()) {
                boolean ready = coordinator.isReady();
                TaskSnapshot task = coordinator.tasks().get("merge");
                boolean shown = task != null && task.groups().containsKey(TestTarget.TABLE);
                if (ready && !shown && coordinator.isReady()) {
                  missing.incrementAndGet();
                }
              }
            });
    looking.start();

    connection.curator().setData().forPath(root, record);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the coordinator went on", first::isDone);
    ended.set(true);
    looking.join();

    assertThat(missing).hasValue(0);
  }

  @Test
  void aGroupThatCannotBeReadIsShownWithItsProblemAndTheOthersGoOn() throws Exception {
    Coordinator old = coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);
    old.close();
    CuratorFramework curator = connection().curator();
    GroupPaths broken = paths.group(new TableId("shop", "broken"));
    Nodes.ensure(curator, broken.found(), Records.encode("no record"));

    Coordinator next = coordinator("http://b");
    await("it leads", next::isReady);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the other group goes on", first::isDone);
    assertThat(next.tasks().get("merge").groups().get(broken.target()).problem())
        .contains("no record", broken.root());

    curator.setData().forPath(broken.found(), Records.encode(FoundJson.write(null)));
    await(
        "it is coordinated once it can be read",
        () -> next.tasks().get("merge").groups().get(broken.target()).problem() == null);
  }

  @Test
  void aJournalThatCannotBeCarriedOutHoldsUpItsGroupOnly() throws Exception {
    Coordinator old = coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);
    old.close();
    CuratorFramework curator = connection().curator();
    GroupPaths broken = paths.group(new TableId("shop", "broken"));
    Nodes.ensure(curator, broken.found(), Records.encode(FoundJson.write(null)));
    Nodes.ensure(curator, broken.commands() + "/a", new byte[0]);
    String part = broken.journal() + "/j/000000";
    String write = "{\"kind\":\"CREATE\",\"path\":\"" + broken.commands() + "/a\"}";
    Nodes.ensure(curator, part, Records.encode("{\"v\":1,\"writes\":[" + write + "]}"));
    Nodes.ensure(curator, broken.journal() + "/j/commit", new byte[0]);

    Coordinator next = coordinator("http://b");
    await("it leads", next::isReady);
    assertThat(next.tasks().get("merge").groups().get(broken.target()).problem()).contains(part);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the other group goes on", first::isDone);

    curator.delete().forPath(part);
    await(
        "it is coordinated once the part is gone",
        () -> next.tasks().get("merge").groups().get(broken.target()).problem() == null);
  }

  @Test
  void theNodesOfManyMembersThatLeftAreRemovedButTheirFences() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = twoShards(GroupMode.OPTIMISTIC);
    List<TestShard> many =
        IntStream.range(2, 162).mapToObj(i -> new TestShard(TestShard.member(i), target)).toList();
    many.forEach(shard -> shard.by(sink).created("id BIGINT PRIMARY KEY"));
    await("all are there", () -> many.stream().allMatch(TestShard::isDone));
    many.forEach(TestShard::dropped);
    await("all are gone", () -> many.stream().allMatch(TestShard::isGone));

    CoordinationConnection connection = connection();
    GroupPaths group = paths.group(TestTarget.TABLE);
    for (String folder : List.of(group.requests(), group.decisions(), group.reports())) {
      await(
          folder + " has few nodes",
          () -> connection.curator().getChildren().forPath(folder).size() < 2 + 128);
    }

    assertThat(connection.curator().getChildren().forPath(group.root() + "/owners"))
        .hasSize(2 + many.size());
    many.forEach(shard -> shard.created("id BIGINT PRIMARY KEY"));
    await("all are there again", () -> many.stream().allMatch(TestShard::isDone));
  }
}
