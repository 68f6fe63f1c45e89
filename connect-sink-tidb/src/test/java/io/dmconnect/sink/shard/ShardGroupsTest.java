package io.dmconnect.sink.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.filter.NamePattern;
import io.dmconnect.model.route.RouteRule;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.testing.TestDdl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ShardGroupsTest {
  private static final TableId ONE = new TableId("shop", "orders_1");
  private static final TableId TWO = new TableId("shop", "orders_2");
  private static final MemberId FIRST = new MemberId("src", ONE);
  private static final MemberId SECOND = new MemberId("src", TWO);
  private static final TableId MERGED = new TableId("shop", "orders");
  private static final Router ROUTER =
      new Router(
          List.of(
              new RouteRule(
                  "m",
                  NamePattern.of("shop", false),
                  NamePattern.of("orders_*", false),
                  "shop",
                  "orders",
                  List.of()),
              new RouteRule(
                  "o",
                  NamePattern.of("shop", false),
                  NamePattern.of("odd_*", false),
                  "shop",
                  "odd",
                  List.of())));

  private final FakeTarget target = new FakeTarget();
  private final FakeBackground background = new FakeBackground();
  private final Map<String, TableSchema> schemas = new HashMap<>();
  private FakeCoordinator coordinator = new FakeCoordinator(MERGED, GroupMode.OPTIMISTIC);
  private ShardGroups groups = started();

  private void mode(GroupMode mode) {
    coordinator = new FakeCoordinator(MERGED, mode);
    groups = started();
  }

  /** A task that has both topics; a former one is as if killed. */
  private ShardGroups started(TableId... more) {
    return started(new GroupRoutes(ROUTER, false), more);
  }

  private ShardGroups started(GroupRoutes routes, TableId... more) {
    ShardGroups started =
        new ShardGroups(
            routes,
            coordinator.client(),
            target,
            target,
            target,
            new PassedOverNotes(target, target),
            (topic, partition) -> schemas.get(topic),
            background);
    Map<TopicPartition, Long> opened = new HashMap<>();
    Stream.concat(Stream.of(ONE, TWO), Stream.of(more))
        .forEach(table -> opened.put(partition(table), 1L));
    started.opened(opened);
    return started;
  }

  private static TopicPartition partition(TableId table) {
    return new TopicPartition("src." + table, 0);
  }

  private CompletableFuture<String> pass(TestDdl ddl) {
    return pass(ddl, 1);
  }

  private CompletableFuture<String> pass(TestDdl ddl, long epoch) {
    var event = ddl.event();
    return groups.pass(
        new DdlWork(partition(event.table()), epoch, 7, RecordMark.UNKNOWN, "src", event), false);
  }

  private void create(TableId table, TableSchema schema) {
    TestDdl ddl =
        new TestDdl("create-" + table, DdlKind.CREATE_TABLE, table, "CREATE TABLE t (id INT)")
            .schemas(null, schema);
    assertThat(pass(ddl)).isCompleted();
    schemas.put(partition(table).topic(), schema);
  }

  private void createBoth() {
    create(ONE, TestDdl.keyed());
    create(TWO, TestDdl.keyed());
    target.ran.clear();
  }

  private static TestDdl add(TableId table, String column) {
    return new TestDdl(
            "add-" + table,
            DdlKind.ALTER_TABLE,
            table,
            "ALTER TABLE `" + table.table() + "` ADD COLUMN `" + column + "` int")
        .schemas(TestDdl.keyed(), TestDdl.keyed(column));
  }

  private static TestDdl rename(TableId table) {
    return new TestDdl(
            "rename-" + table,
            DdlKind.ALTER_TABLE,
            table,
            "ALTER TABLE `" + table.table() + "` RENAME COLUMN `a` TO `b`")
        .schemas(TestDdl.keyed("a"), TestDdl.keyed("b"));
  }

  @Test
  void aTableThatIsNotCapturedAnyMoreLeavesAndIsNotAnnouncedByWhoeverTakesItsTopicOver() {
    createBoth();

    assertThat(pass(TestDdl.deselect(TWO, TestDdl.keyed()))).isCompleted();
    groups = started();

    assertThat(coordinator.state().members().keySet())
        .extracting(MemberId::table)
        .containsExactly(ONE);
    assertThat(target.ran).isEmpty();
    assertThat(target.load(List.of(partition(TWO)))).isEmpty();
  }

  @Test
  void theFirstShardToAddAColumnDoesSoAtOnceAndTheNextFindsItThere() {
    createBoth();

    assertThat(pass(add(ONE, "a"))).isCompleted();
    assertThat(target.ran).singleElement().asString().contains("ADD COLUMN `a`");
    assertThat(pass(add(TWO, "a"))).isCompleted();
    assertThat(target.ran).hasSize(1);
  }

  @Test
  void inPessimisticModeAShardWaitsUntilTheOthersStandAtTheSameChange() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();

    CompletableFuture<String> first = pass(add(ONE, "a"));
    assertThat(first).isNotDone();
    assertThat(groups.waiting().get("src/shop.orders_1")).contains("ADD COLUMN").contains("WAIT");
    assertThat(target.ran).isEmpty();

    assertThat(pass(add(TWO, "a"))).isCompleted();
    assertThat(first).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(groups.waiting()).isEmpty();
  }

  @Test
  void aTaskKilledBetweenExecutionAndReportDoesNotExecuteAgain() {
    createBoth();
    coordinator.goDown();
    CompletableFuture<String> lost = pass(add(ONE, "a"));
    target.afterRun(
        () -> {
          // Killed here: neither the report nor the progress is written.
          groups.closed(List.of(partition(ONE), partition(TWO)));
          target.afterRun(() -> {});
        });
    coordinator.comeUp();
    assertThat(lost).isCompletedExceptionally();
    assertThat(target.ran).hasSize(1);

    groups = started();
    assertThat(pass(add(ONE, "a"))).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(coordinator.state().core().inFlight()).isNull();
  }

  @Test
  void aTaskKilledBetweenDecisionAndExecutionLeavesItToWhoComesToTheChangeAgain() {
    createBoth();
    DmException away = new DmException(SinkError.RETRIES_EXHAUSTED, "TiDB is away");
    target.outage(away);
    CompletableFuture<String> lost = pass(add(ONE, "a"));
    groups.closed(List.of(partition(ONE), partition(TWO)));
    target.outage(null);
    assertThat(lost).isCompletedExceptionally();

    groups = started();

    assertThat(target.ran).isEmpty();
    assertThat(pass(add(ONE, "a"))).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(target.lastEvent()).isEqualTo(add(ONE, "a").event());
  }

  @Test
  void aTaskKilledBeforeItsReportArrivedIsSpokenForByTheNextThoughItIsPastTheChange() {
    createBoth();
    target.afterRun(coordinator::goDown);
    coordinator.dropReports(true);
    assertThat(pass(add(ONE, "a"))).isCompleted();
    groups.closed(List.of(partition(ONE), partition(TWO)));
    target.afterRun(() -> {});
    coordinator.dropReports(false);
    coordinator.comeUp();
    assertThat(coordinator.state().core().inFlight()).isNotNull();

    groups = started();

    assertThat(target.ran).hasSize(1);
    assertThat(coordinator.state().core().inFlight()).isNull();
  }

  @Test
  void whatIsReleasedWhileItRunsRunsOnce() {
    createBoth();
    target.hold();
    CompletableFuture<String> asked = pass(add(ONE, "a"));

    coordinator.take(operator(Exit.RELEASE, null));

    assertThat(asked).isNotDone();
    target.letGo();
    assertThat(asked).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(coordinator.state().core().inFlight()).isNull();
    assertThat(coordinator.state().pending()).isEmpty();
  }

  @Test
  void whatIsReleasedAndHasToWaitThenGoesOnOnceItHasRunAllTheSame() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    target.hold();
    CompletableFuture<String> asked = pass(add(ONE, "a"));
    coordinator.take(operator(Exit.EXECUTE, FIRST));

    coordinator.take(operator(Exit.RELEASE, null));

    assertThat(coordinator.state().core().inFlight()).isNull();
    target.letGo();
    assertThat(asked).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(coordinator.state().pending()).isEmpty();
  }

  @Test
  void whatIsReleasedWhileTheCoordinatorIsAwayLetsNobodyGoOnBeforeItIsBack() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    target.hold();
    CompletableFuture<String> asked = pass(add(ONE, "a"));
    coordinator.take(operator(Exit.EXECUTE, FIRST));
    coordinator.take(operator(Exit.RELEASE, null));
    coordinator.goDown();

    target.letGo();

    assertThat(asked).isNotDone();
    coordinator.comeUp();
    assertThat(asked).isCompleted();
    assertThat(target.ran).hasSize(1);
  }

  private static Input operator(Exit exit, MemberId member) {
    return new Input.OperatorActs(
        new OperatorAction("op-" + exit, exit, member, List.of(), null, "alice", 1));
  }

  @Test
  void theQuestionIsAskedAgainByTheNextOwner() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    assertThat(pass(add(ONE, "a"))).isNotDone();
    groups.closed(List.of(partition(ONE), partition(TWO)));

    groups = started();
    CompletableFuture<String> again = pass(add(ONE, "a"));
    assertThat(again).isNotDone();
    assertThat(pass(add(TWO, "a"))).isCompleted();
    assertThat(again).isCompleted();
    assertThat(target.ran).hasSize(1);
  }

  @Test
  void aLateQuestionOfAFormerOwnerLeavesTheAnswerToThePresentOne() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    groups.closed(List.of(partition(ONE), partition(TWO)));
    groups.opened(Map.of(partition(ONE), 2L, partition(TWO), 2L));
    CompletableFuture<String> present = pass(add(ONE, "a"), 2);

    assertThat(pass(add(ONE, "a"), 1)).isCompletedExceptionally();

    assertThat(pass(add(TWO, "a"), 2)).isCompleted();
    assertThat(present).isCompleted();
  }

  @Test
  void anExecutionForTheGroupIsRunByAMemberThatStandsAtNothing() {
    create(ONE, TestDdl.keyed());
    create(TWO, TestDdl.keyed("a"));
    target.ran.clear();

    coordinator.take(new Input.MemberLeaves(SECOND));

    assertThat(target.ran).singleElement().asString().contains("DROP COLUMN `a`");
    assertThat(coordinator.state().core().inFlight()).isNull();
  }

  @Test
  void aTaskThatHasNotNotedARenameDoesNotBringTheFormerNameBack() {
    createBoth();
    TableId three = new TableId("shop", "orders_3");
    assertThat(pass(renamed(ONE, three))).isCompleted();
    groups.closed(List.of(partition(ONE), partition(TWO)));

    groups = started();
    assertThat(coordinator.state().members()).containsOnlyKeys(SECOND, new MemberId("src", three));
    assertThat(pass(renamed(ONE, three))).isCompleted();
    assertThat(coordinator.state().members()).containsOnlyKeys(SECOND, new MemberId("src", three));
  }

  @Test
  void aRenamedTableIsSpokenForByTheNewNamesPartition() {
    createBoth();
    TableId three = new TableId("shop", "orders_3");
    assertThat(pass(renamed(ONE, three))).isCompleted();
    groups.opened(Map.of(partition(three), 1L));
    schemas.put(partition(three).topic(), TestDdl.keyed());

    groups.renamed(
        new DdlWork(
            partition(three), 1, 7, RecordMark.UNKNOWN, "src", renamed(ONE, three).event()));

    assertThat(coordinator.follows(new MemberId("src", three))).isTrue();
  }

  private static TestDdl renamed(TableId table, TableId to) {
    return new TestDdl("move-" + table, DdlKind.RENAME_TABLE, table, "RENAME TABLE a TO b")
        .newTable(to)
        .schemas(TestDdl.keyed(), TestDdl.keyed());
  }

  @Test
  void aRefusedStatementIsAConflictThatAnOperatorEnds() {
    createBoth();
    target.refuse("TiDB says no");
    CompletableFuture<String> waiting = pass(add(ONE, "a"));
    assertThat(waiting).isNotDone();
    assertThat(groups.waiting().get("src/shop.orders_1")).contains("TiDB says no");

    target.refuse(null);
    coordinator.take(
        new Input.OperatorActs(
            new OperatorAction("1", Exit.EXECUTE, FIRST, List.of(), null, "me", 0)));
    assertThat(waiting).isCompleted();
    assertThat(target.ran).hasSize(1);
  }

  @Test
  void aColumnThatOneShardRenamesHoldsBackThatShardOnly() {
    create(ONE, TestDdl.keyed("a"));
    create(TWO, TestDdl.keyed("a"));
    target.ran.clear();

    CompletableFuture<String> first = pass(rename(ONE));
    assertThat(first).isNotDone();
    assertThat(pass(rename(TWO))).isCompleted();
    assertThat(first).isCompleted();
    assertThat(target.ran).singleElement().asString().contains("RENAME COLUMN");
  }

  @Test
  void inStrictModeSuchAChangeStopsTheTask() {
    mode(GroupMode.OPTIMISTIC_STRICT);
    create(ONE, TestDdl.keyed("a"));
    create(TWO, TestDdl.keyed("a"));

    CompletableFuture<String> first = pass(rename(ONE));
    assertThatThrownBy(first::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("DM-20024");
  }

  @Test
  void whatAnOperatorSkipsIsPassedOverUntilTheMergedTableHasIt() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    target.merged(TestDdl.keyed());
    CompletableFuture<String> asked = pass(add(ONE, "a"));

    coordinator.take(operator(Exit.SKIP, FIRST));

    assertThat(asked).isCompleted();
    assertThat(passedOver(ONE, TestDdl.keyed("a"))).containsExactly("a");
    assertThat(passedOver(TWO, TestDdl.keyed("a"))).isEmpty();
    target.merged(TestDdl.keyed("a"));
    assertThat(passedOver(ONE, TestDdl.keyed("a"))).isEmpty();
  }

  @Test
  void whatATableThatWasTakenOutHasOfItsOwnIsPassedOverUntilItIsAddedAgain() {
    createBoth();
    target.merged(TestDdl.keyed());
    coordinator.take(operator(Exit.DROP_MEMBER, FIRST));

    assertThat(passedOver(ONE, TestDdl.keyed("a"))).containsExactly("a");
    assertThat(pass(add(ONE, "a"))).isCompleted();
    assertThat(passedOver(ONE, TestDdl.keyed("a"))).containsExactly("a");

    coordinator.take(
        new Input.OperatorActs(
            new OperatorAction(
                "back", Exit.ADD_MEMBER, FIRST, List.of(), TestDdl.keyed("a"), "me", 0)));
    assertThat(passedOver(ONE, TestDdl.keyed("a", "b"))).containsExactly("a");
  }

  private SortedSet<String> passedOver(TableId table, TableSchema schema) {
    return new MemberColumns(target, target).of("src", table, MERGED, () -> schema).leftOut();
  }

  @Test
  void droppingAndTruncatingAShardRunNothing() {
    createBoth();
    TestDdl truncate =
        new TestDdl("cut", DdlKind.TRUNCATE_TABLE, ONE, "TRUNCATE TABLE `orders_1`")
            .schemas(TestDdl.keyed(), TestDdl.keyed());
    TestDdl drop =
        new TestDdl("drop", DdlKind.DROP_TABLE, ONE, "DROP TABLE `orders_1`")
            .schemas(TestDdl.keyed(), null);

    assertThat(pass(truncate)).isCompleted();
    assertThat(pass(drop)).isCompleted();
    assertThat(target.ran).isEmpty();
    assertThat(coordinator.state().members()).containsOnlyKeys(SECOND);
  }

  @Test
  void droppingAndTruncatingATableThatIsNotMergedRunsOnItsTarget() {
    coordinator = new FakeCoordinator(ONE, GroupMode.OPTIMISTIC);
    groups = started(new GroupRoutes(new Router(List.of()), true));
    create(ONE, TestDdl.keyed());
    target.ran.clear();
    TestDdl truncate =
        new TestDdl("cut", DdlKind.TRUNCATE_TABLE, ONE, "TRUNCATE TABLE `orders_1`")
            .schemas(TestDdl.keyed(), TestDdl.keyed());
    TestDdl drop =
        new TestDdl("drop", DdlKind.DROP_TABLE, ONE, "DROP TABLE `orders_1`")
            .schemas(TestDdl.keyed(), null);

    assertThat(pass(truncate)).isCompleted();
    assertThat(pass(drop)).isCompleted();
    assertThat(target.ran)
        .containsExactly("TRUNCATE TABLE `shop`.`orders_1`", "DROP TABLE `shop`.`orders_1`");
  }

  @Test
  void aTableThatIsThereIsAnnouncedWhenItsTopicIsOpened() {
    createBoth();
    coordinator = new FakeCoordinator(MERGED, GroupMode.OPTIMISTIC);

    groups = started();
    assertThat(coordinator.state().members()).hasSize(2);
  }

  @Test
  void aMergedTableThatCannotBeReadHoldsBackItsOwnMembersOnly() {
    createBoth();
    TableId odd = new TableId("shop", "odd_1");
    coordinator = new FakeCoordinator(MERGED, GroupMode.OPTIMISTIC);
    target.forget();
    target.save(partition(odd), new MemberId("src", odd));
    target.save(partition(ONE), FIRST);
    target.save(partition(TWO), SECOND);
    schemas.put(partition(odd).topic(), TestDdl.keyed());
    target.unreadable(new TableId("shop", "odd"));

    groups = started(odd);

    assertThat(coordinator.state().members()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void membersAreAnnouncedOnceTheTargetIsBack() {
    createBoth();
    coordinator = new FakeCoordinator(MERGED, GroupMode.OPTIMISTIC);
    target.outage(new DmException(SinkError.TARGET_UNREACHABLE, "The target is away"));
    groups = started();
    background.passTime();
    assertThat(coordinator.state().members()).isEmpty();

    target.outage(null);
    background.passTime();

    assertThat(coordinator.state().members()).hasSize(2);
    assertThat(background.waiting()).isZero();
  }

  @Test
  void partitionsGivenUpMeanwhileAreNotAnnounced() {
    createBoth();
    coordinator = new FakeCoordinator(MERGED, GroupMode.OPTIMISTIC);
    target.outage(new DmException(SinkError.TARGET_UNREACHABLE, "The target is away"));
    groups = started();
    groups.closed(List.of(partition(ONE)));

    target.outage(null);
    background.passTime();

    assertThat(coordinator.state().members()).containsOnlyKeys(SECOND);
  }

  @Test
  void anExecutionIsTriedAgainOnceTheTargetIsBack() {
    createBoth();
    target.outage(new DmException(SinkError.TARGET_UNREACHABLE, "The target is away"));
    CompletableFuture<String> waiting = pass(add(ONE, "a"));
    background.passTime();
    assertThat(waiting).isNotDone();

    target.outage(null);
    background.passTime();

    assertThat(waiting).isCompleted();
    assertThat(target.ran).hasSize(1);
  }

  @Test
  void tablesThatAreNotMergedAreNotAskedAbout() {
    assertThat(groups.isGrouped("src", new TableId("shop", "customers"))).isFalse();
    assertThat(groups.isGrouped("src", ONE)).isTrue();
  }

  @Test
  void aReleasedExecutionOfTheGroupIsGivenUpAlthoughNothingElseIsDecided() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    target.hold();
    CompletableFuture<String> one = pass(add(ONE, "a"));
    coordinator.take(operator(Exit.EXECUTE, FIRST));
    coordinator.take(operator(Exit.DROP_MEMBER, FIRST));
    assertThat(coordinator.state().core().inFlight().executor()).isEqualTo(SECOND);
    assertThat(target.isLastGivenUp()).isFalse();

    coordinator.take(operator(Exit.RELEASE, null));

    assertThat(coordinator.client().decision(SECOND)).isNull();
    assertThat(target.isLastGivenUp()).isTrue();
    target.letGo();
    assertThat(one).isCompleted();
  }

  @Test
  void whatRanOfAnExecutionThatWasToBeTriedAgainIsToldOnceItIsGivenUp() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    CompletableFuture<String> one = pass(add(ONE, "a"));
    target.afterRun(ShardGroupsTest::loseTheTarget);
    coordinator.take(operator(Exit.EXECUTE, FIRST));
    assertThat(background.waiting()).isEqualTo(1);
    target.afterRun(() -> {});

    coordinator.take(operator(Exit.RELEASE, null));

    assertThat(one).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(coordinator.state().target().column("a")).isPresent();
    background.passTime();
    assertThat(target.ran).hasSize(1);
  }

  private static void loseTheTarget() {
    throw new DmException(SinkError.TARGET_UNREACHABLE, "The target is away");
  }
}
