package io.dmconnect.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.LocalStack;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.DdlRequest;
import io.dmconnect.model.coordination.Decider;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.FoundJson;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.Outcome;
import io.dmconnect.model.coordination.Pending;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationConnection;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.GroupPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlParser;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.SchemaEvolution;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.Extract;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.schema.TableSchema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupStoreIT {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(77), ZoneOffset.UTC);
  private static final TaskSettings SETTINGS =
      new TaskSettings(GroupMode.PESSIMISTIC, new TreeSet<>(), List.of(), false);
  private static LocalStack stack;

  private final GroupPaths paths =
      new CoordinationPaths("t" + RUNS.incrementAndGet()).group(new TableId("shop", "orders"));
  private CoordinationConnection connection;
  private CuratorFramework curator;
  private GroupStore store;

  @BeforeAll
  static void startZooKeeper() {
    stack = LocalStack.builder().zooKeeper().start();
  }

  @AfterAll
  static void stopZooKeeper() {
    stack.close();
  }

  @BeforeEach
  void openGroup() throws Exception {
    connection =
        CoordinationConnection.open(
            new ZooKeeperSettings(
                stack.zooKeeper().connectString(),
                10_000,
                10_000,
                null,
                ZooDefs.Ids.OPEN_ACL_UNSAFE,
                Map.of()));
    curator = connection.curator();
    Nodes.ensure(curator, paths.found(), Records.encode(FoundJson.write(null)));
    store = loaded();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void aGroupNobodyFoundIsNoGroup() throws Exception {
    GroupPaths other = new CoordinationPaths("t").group(new TableId("no", "where"));

    assertThat(new GroupStore(curator, other, CLOCK).load(SETTINGS)).isFalse();
  }

  @Test
  void aNewGroupsTableIsWithoutTheColumnsItsRouteAddsAndWhatWasFoundHasThem() throws Exception {
    GroupPaths other = new CoordinationPaths("added").group(new TableId("shop", "orders"));
    TableSchema table = schema("id BIGINT, shard VARCHAR(9), PRIMARY KEY (id, shard)");
    Nodes.ensure(curator, other.found(), Records.encode(FoundJson.write(table)));
    RouteRule rule =
        new RouteRule(
            "merge",
            NamePattern.of("shop_*", false),
            NamePattern.of("orders", false),
            "shop",
            "orders",
            List.of(new Extract(Extract.From.SCHEMA, Pattern.compile("(.*)"), "shard")));
    GroupStore added = new GroupStore(curator, other, CLOCK);

    assertThat(added.load(null)).isFalse();
    assertThat(
            added.load(
                new TaskSettings(GroupMode.PESSIMISTIC, new TreeSet<>(), List.of(rule), false)))
        .isTrue();

    assertThat(added.found()).isEqualTo(table);
    assertThat(added.stored().state().target()).isEqualTo(schema("id BIGINT PRIMARY KEY"));
  }

  @Test
  void whatIsStoredIsLoaded() throws Exception {
    store.commit(arrivals(store.stored().state(), 3), Map.of());

    StoredGroup read = loaded().stored();
    assertThat(read).isEqualTo(store.stored());
    assertThat(read.sinceMillis().values()).containsOnly(77L);
    assertThat(read.state().pending()).hasSize(1 + 3);
  }

  @Test
  void aDeposedCoordinatorCannotStore() throws Exception {
    GroupStore next = loaded();
    next.commit(arrivals(next.stored().state(), 1), Map.of());

    assertThatThrownBy(() -> store.commit(arrivals(store.stored().state(), 2), Map.of()))
        .isInstanceOf(KeeperException.BadVersionException.class);
    assertThat(loaded().stored()).isEqualTo(next.stored());
  }

  @Test
  void anOutcomeThatChangesNothingIsNotWritten() throws Exception {
    Outcome outcome = arrivals(store.stored().state(), 1);
    assertThat(store.commit(outcome, Map.of())).isTrue();
    assertThat(store.commit(outcome, Map.of())).isFalse();
  }

  @Test
  void anOutcomeLargerThanATransactionIsStoredThroughTheJournal() throws Exception {
    store.commit(arrivals(store.stored().state(), 3_000), Map.of());

    assertThat(curator.getChildren().forPath(paths.journal())).isEmpty();
    assertThat(loaded().stored()).isEqualTo(store.stored());
  }

  @Test
  void committedPartsOfADeadCoordinatorAreCarriedOut() throws Exception {
    Journal journal = new Journal(curator, paths);
    String commit = journal.prepare(twoParts());
    curator.create().forPath(commit);

    loaded();

    assertThat(Records.decode(Nodes.read(curator, paths.commands() + "/a"))).isEqualTo("one");
    assertThat(Records.decode(Nodes.read(curator, paths.commands() + "/b"))).isEqualTo("two");
    assertThat(curator.getChildren().forPath(paths.journal())).isEmpty();
  }

  @Test
  void aCommittedChangeGoesOnWhereTheDeadCoordinatorStopped() throws Exception {
    Journal journal = new Journal(curator, paths);
    String commit = journal.prepare(twoParts());
    curator.create().forPath(commit);
    curator.create().forPath(paths.commands() + "/a", Records.encode("one"));
    curator.delete().forPath(commit.replace("commit", "000000"));

    loaded();

    assertThat(Records.decode(Nodes.read(curator, paths.commands() + "/b"))).isEqualTo("two");
    assertThat(curator.getChildren().forPath(paths.journal())).isEmpty();
  }

  @Test
  void partsWithoutACommitNeverHappened() throws Exception {
    new Journal(curator, paths).prepare(twoParts());

    loaded();

    assertThat(curator.getChildren().forPath(paths.commands())).isEmpty();
    assertThat(curator.getChildren().forPath(paths.journal())).isEmpty();
  }

  private List<List<Write>> twoParts() {
    return List.of(
        List.of(new Write(Write.Kind.CREATE, paths.commands() + "/a", "one")),
        List.of(new Write(Write.Kind.CREATE, paths.commands() + "/b", "two")));
  }

  private GroupStore loaded() throws Exception {
    GroupStore loaded = new GroupStore(curator, paths, CLOCK);
    assertThat(loaded.load(SETTINGS)).isTrue();
    return loaded;
  }

  /** Members that come with a change for which the first ones have to wait. */
  private static Outcome arrivals(GroupState state, int members) {
    TableSchema before = schema("id BIGINT PRIMARY KEY");
    TableSchema after = schema("id BIGINT PRIMARY KEY, note INT");
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input.MemberJoins(MemberId.of("s", "shop", "behind"), before));
    for (int i = 0; i < members; i++) {
      MemberId id = MemberId.of("s", "shop", "orders_" + i);
      String sql = "ALTER TABLE `shop`.`orders` ADD COLUMN note INT";
      inputs.add(
          new Input.RequestArrives(
              DdlRequest.of("r" + i, id, DdlKind.ALTER_TABLE, List.of(sql), before, after)));
    }

    return withoutWaits(Decider.decide(state, inputs));
  }

  /** As stored: whom a wait is for is worked out again, not kept. */
  private static Outcome withoutWaits(Outcome outcome) {
    List<Pending> pending =
        outcome.state().pending().values().stream()
            .map(
                one ->
                    one.decision() instanceof Decision.Wait wait
                        ? one.withDecision(
                            new Decision.Wait(
                                wait.requestId(), wait.reason(), List.of(), wait.exits()))
                        : one)
            .toList();
    return new Outcome(
        outcome.state().with(outcome.state().members().values(), pending),
        outcome.decisions(),
        outcome.notes());
  }

  private static TableSchema schema(String columns) {
    return SchemaEvolution.apply(
        null,
        DdlParser.parse("CREATE TABLE t (" + columns + ")", SqlModes.DEFAULT, "shop"),
        SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion("8.0.31")));
  }
}
