package io.dmconnect.sink.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.testing.TestDdl;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShardGroupsTest extends TwoShardsTask {
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
}
