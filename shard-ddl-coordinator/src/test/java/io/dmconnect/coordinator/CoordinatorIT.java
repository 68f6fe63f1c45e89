package io.dmconnect.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.coordinator.engine.AuditEntry;
import io.dmconnect.coordinator.engine.Coordinator;
import io.dmconnect.coordinator.engine.TaskSnapshot;
import io.dmconnect.local.LocalStack;
import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.FoundJson;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationConnection;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.coordination.zk.ZooKeeperShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperSourceClient;
import io.dmconnect.model.error.ModelError;
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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CoordinatorIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static LocalStack stack;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ZooKeeperSettings settings =
      new ZooKeeperSettings(
          stack.zooKeeper().connectString() + "/it" + RUNS.incrementAndGet(),
          4_000,
          10_000,
          null,
          ZooDefs.Ids.OPEN_ACL_UNSAFE,
          Map.of());
  private final CoordinationPaths paths = new CoordinationPaths("merge");
  private final TestTarget target = new TestTarget();
  private final TestShard first = new TestShard(TestShard.member(0), target);
  private final TestShard second = new TestShard(TestShard.member(1), target);

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

  @Test
  void aChangeOfOneShardRunsAtOnceAndTheOthersFollowWithoutRunningIt() throws Exception {
    coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);

    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard is done", first::isDone);
    assertThat(target.executed()).hasSize(2).last().asString().contains("ADD COLUMN `note`");

    second.then("ADD COLUMN note VARCHAR(20)");
    await("the second shard is done", second::isDone);
    assertThat(target.executed()).hasSize(2);
  }

  @Test
  void inPessimisticModeAChangeRunsOnceWhenAllStandAtIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.PESSIMISTIC);

    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);
    await("it is shown", () -> group(coordinator).pending().containsKey(first.id()));
    assertThat(group(coordinator).pending().get(first.id()).decision())
        .isInstanceOfSatisfying(
            Decision.Wait.class,
            wait -> assertThat(wait.waitsFor()).containsExactly(second.id().toString()));

    second.then("ADD COLUMN note VARCHAR(20)");
    await("both are done", () -> first.isDone() && second.isDone());
    assertThat(target.executed())
        .containsExactly(
            target.executed().get(0), "ALTER TABLE `shop`.`orders` ADD COLUMN note VARCHAR(20)");
  }

  @Test
  void noGroupBeginsBeforeTheExpectedSourcesAreKnown() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));

    first.by(sink).created("id BIGINT PRIMARY KEY");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);
    assertThat(first.decision().reason()).contains("expected source");

    source("mysql-2", List.of());
    await("the first shard is there", first::isDone);
  }

  @Test
  void nothingResolvesBeforeEveryStatedTableIsAMember() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));
    source("mysql-2", List.of(second.id()));
    first.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    second.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");

    await("both are done", () -> first.isDone() && second.isDone());
  }

  @Test
  void aGroupOfTablesWithoutAJoinDoesNotBeginUntilTheyHaveOne() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.OPTIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", first.id(), "id BIGINT PRIMARY KEY, a INT");
    ZooKeeperSourceClient other = source("mysql-2", second.id(), "id BIGINT PRIMARY KEY, a DOUBLE");

    first.by(sink).created("id BIGINT PRIMARY KEY, a INT");
    await("the first shard conflicts", () -> first.decision() instanceof Decision.Conflict);
    assertThat(first.decision().reason())
        .contains("schema_of_shard_tables", first.id().toString(), second.id().toString());
    assertThat(coordinator.tasks().get("merge").findings()).hasSize(1);

    other.onCheck(
        number ->
            other.found(facts("mysql-2", number, second.id(), "id BIGINT PRIMARY KEY, a INT")));
    await("the first shard is there", first::isDone);
    assertThat(coordinator.tasks().get("merge").findings()).isEmpty();
  }

  @Test
  void aSourceLooksAtItsTablesWhenACheckIsAskedFor() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ZooKeeperSourceClient source = source("mysql-1", first.id(), "id BIGINT PRIMARY KEY");
    source.onCheck(
        number ->
            source.found(facts("mysql-1", number, first.id(), "id BIGINT PRIMARY KEY, a INT")));
    await("the task is known", () -> coordinator.tasks().containsKey("merge"));

    long number = coordinator.askForCheck("merge", "alice");

    await(
        "the source answers",
        () -> coordinator.tasks().get("merge").answers().getOrDefault("mysql-1", 0L) == number);
    assertThat(coordinator.audit("merge", 1))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(List.of(entry.operator(), entry.action()))
                    .isEqualTo(List.of("alice", "CHECK")));
  }

  @Test
  void manyAskedChecksPushNoOtherActionOutOfTheAudit() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    source("mysql-1", List.of(first.id()));
    await("the task is known", () -> coordinator.tasks().containsKey("merge"));
    assertThat(coordinator.forgetSource("merge", "mysql-1", "alice")).isTrue();

    for (int i = 0; i < 120; i++) {
      coordinator.askForCheck("merge", "cron");
    }

    List<AuditEntry> entries = coordinator.audit("merge", 1_000);
    assertThat(entries).hasSize(100 + 1);
    assertThat(entries).last().extracting(AuditEntry::action).isEqualTo("FORGET_SOURCE");
  }

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
  void aSinkThatDiesBetweenRunningAndReportingRunsNothingTwice() throws Exception {
    coordinator("http://a");
    ShardDdlClient sink = twoShards(GroupMode.OPTIMISTIC);
    first.losesReports();
    first.then("ADD COLUMN note VARCHAR(20)");
    await("it ran", () -> target.executed().size() == 2);
    sink.close();

    first.reportsAgain();
    ShardDdlClient next = sink("sink-0");
    first.by(next);
    second.by(next);

    await("the first shard is done", first::isDone);
    assertThat(target.executed()).hasSize(2);
  }

  @Test
  void aTaskThatLostAMemberIsToldAndOverwritesNothing() throws Exception {
    coordinator("http://a");
    ShardDdlClient old = twoShards(GroupMode.OPTIMISTIC);
    TestShard again = new TestShard(first.id(), target);
    again.by(sink("sink-1"));
    again.created("id BIGINT PRIMARY KEY");
    await("the new task speaks for the member", again::isDone);

    old.announce(first.id(), first.schema());

    await("the old one is told", () -> first.failure() != null);
    assertThat(first.failure().code()).isEqualTo(ModelError.MEMBER_TAKEN_OVER);
  }

  @Test
  void anOperatorEndsAConflictAndIsRecorded() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.OPTIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard is done", first::isDone);
    second.then("ADD COLUMN note INT");
    await("the second conflicts", () -> second.decision() instanceof Decision.Conflict);

    String id = coordinator.newActionId();
    AuditEntry entry =
        coordinator.act(
            "merge",
            TestTarget.TABLE,
            new OperatorAction(
                id, Exit.SKIP, second.id(), List.of(), null, "alice", coordinator.nowMillis()));

    await("the second shard is done", second::isDone);
    assertThat(entry.notes()).isEmpty();
    assertThat(coordinator.audit("merge", 10)).containsExactly(entry);
    assertThat(entry.operator()).isEqualTo("alice");
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
  void aTableThatItsSourceNoLongerListsStaysUntilItsDropComes() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.PESSIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    source("mysql-2", List.of());
    await(
        "the list is known",
        () -> group(coordinator).stated().get("mysql-2").equals(new TreeSet<>()));

    assertThat(group(coordinator).members()).containsKeys(first.id(), second.id());
    second.dropped();
    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).members()).containsOnlyKeys(first.id());
  }

  @Test
  void aDroppedTableIsNotWaitedForAlthoughItsSourceStillListsIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    twoShards(GroupMode.PESSIMISTIC);

    second.dropped();
    first.then("ADD COLUMN note VARCHAR(20)");

    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).stated().get("mysql-2")).containsExactly(second.id().table());
  }

  @Test
  void theTablesOfAForgottenSourceLeaveAndComeBackWithIt() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = twoShards(GroupMode.PESSIMISTIC);
    first.then("ADD COLUMN note VARCHAR(20)");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);

    assertThat(coordinator.forgetSource("merge", "mysql-2", "alice")).isTrue();
    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).members()).containsOnlyKeys(first.id());

    sink.announce(second.id(), second.schema());
    second.then("ADD COLUMN note VARCHAR(20)");
    await("what the forgotten one asks is passed over", second::isDone);
    assertThat(group(coordinator).members()).containsOnlyKeys(first.id());

    source("mysql-2", List.of(second.id()));
    await("it is a member again", () -> group(coordinator).members().containsKey(second.id()));
    assertThat(group(coordinator).members().get(second.id()).schema().column("note")).isPresent();
  }

  @Test
  void aGroupMadeAfterASourceWasForgottenWaitsForItOnlyOnceItIsBack() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));
    source("mysql-2", List.of(second.id()));
    await(
        "both are known",
        () ->
            coordinator.tasks().containsKey("merge")
                && coordinator.tasks().get("merge").sources().size() == 2);
    assertThat(coordinator.forgetSource("merge", "mysql-2", "alice")).isTrue();

    first.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");
    await("the first shard is done", first::isDone);
    assertThat(group(coordinator).unknown()).isEmpty();

    source("mysql-2", List.of(second.id()));
    await("it is back", () -> !group(coordinator).unknown().isEmpty());
    first.then("ADD COLUMN more INT");
    await("the first shard waits", () -> first.decision() instanceof Decision.Wait);
  }

  @Test
  void anExpectedSourceThatNeverCameCanBeForgotten() throws Exception {
    Coordinator coordinator = coordinator("http://a");
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(GroupMode.PESSIMISTIC, "mysql-1", "mysql-9"));
    source("mysql-1", List.of(first.id()));
    await(
        "the task is known",
        () ->
            coordinator.tasks().containsKey("merge")
                && coordinator.tasks().get("merge").sources().size() == 1
                && coordinator.tasks().get("merge").settings() != null);
    assertThat(coordinator.forgetSource("merge", "nobody", "alice")).isFalse();
    assertThat(coordinator.forgetSource("merge", "mysql-9", "alice")).isTrue();

    first.by(sink).created("id BIGINT PRIMARY KEY").then("ADD COLUMN note VARCHAR(20)");

    await("the shard is done", first::isDone);
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

  private ShardDdlClient twoShards(GroupMode mode) {
    ShardDdlClient sink = sink("sink-0");
    sink.configure(settings(mode, "mysql-1", "mysql-2"));
    source("mysql-1", List.of(first.id()));
    source("mysql-2", List.of(second.id()));
    first.by(sink).created("id BIGINT PRIMARY KEY");
    second.by(sink).created("id BIGINT PRIMARY KEY");
    await("both shards are there", () -> first.isDone() && second.isDone());
    return sink;
  }

  private static TaskSettings settings(GroupMode mode, String... sources) {
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

  private Coordinator coordinator(String url) throws Exception {
    Coordinator coordinator = Coordinator.start(settings, url, Clock.systemUTC());
    open.push(coordinator);
    return coordinator;
  }

  private CoordinationConnection connection() {
    CoordinationConnection connection = CoordinationConnection.open(settings);
    open.push(connection);
    return connection;
  }

  private ShardDdlClient sink(String name) {
    ShardDdlClient client = new ZooKeeperShardDdlClient(settings, paths, name);
    open.push(client);
    return client;
  }

  private void source(String name, Collection<MemberId> members) {
    ZooKeeperSourceClient client = new ZooKeeperSourceClient(settings, paths, name);
    open.push(client);
    client.state(members.stream().map(MemberId::table).toList());
  }

  /** A source that has looked at its only table. */
  private ZooKeeperSourceClient source(String name, MemberId member, String columns) {
    ZooKeeperSourceClient client = new ZooKeeperSourceClient(settings, paths, name);
    open.push(client);
    client.found(facts(name, 0, member, columns));
    client.state(List.of(member.table()));
    return client;
  }

  private static SourceFacts facts(String source, long answers, MemberId member, String columns) {
    KeyFacts empty = new KeyFacts(List.of("id"), null, null, new TreeSet<>());
    TableFacts facts = new TableFacts(TestShard.schema(columns), List.of(empty));
    return new SourceFacts(source, answers, new TreeMap<>(Map.of(member.table(), facts)));
  }

  private GroupState group(Coordinator coordinator) {
    TaskSnapshot task = coordinator.tasks().get("merge");
    return task.groups().get(TestTarget.TABLE).stored().state();
  }

  private static void await(String what, Callable<Boolean> condition) {
    Await.until(what, LIMIT, condition);
  }
}
