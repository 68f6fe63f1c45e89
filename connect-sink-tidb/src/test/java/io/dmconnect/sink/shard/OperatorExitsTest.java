package io.dmconnect.sink.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.error.DmException;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.testing.TestDdl;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a sink does for members when an operator acts, or a group gives something up. */
class OperatorExitsTest extends TwoShardsTask {
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
    target.afterRun(OperatorExitsTest::loseTheTarget);
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

  @Test
  void whatAnOperatorsStatementsMakeOfTheMergedTableIsTold() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    CompletableFuture<String> waiting = pass(add(ONE, "a"));
    target.merged(TestDdl.keyed("b"));

    coordinator.take(
        new Input.OperatorActs(
            new OperatorAction("1", Exit.REPLACE, FIRST, List.of("ALTER …"), null, "me", 0)));

    assertThat(waiting).isCompleted();
    assertThat(coordinator.state().target()).isEqualTo(TestDdl.keyed("b"));
  }

  @Test
  void whatAnOperatorsStatementsMadeIsToldOnceTheTargetIsBack() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    CompletableFuture<String> waiting = pass(add(ONE, "a"));
    target.merged(TestDdl.keyed("b"));
    target.afterRun(
        () -> target.outage(new DmException(SinkError.TARGET_UNREACHABLE, "The target is away")));
    coordinator.take(
        new Input.OperatorActs(
            new OperatorAction("1", Exit.REPLACE, FIRST, List.of("ALTER …"), null, "me", 0)));
    assertThat(waiting).isNotDone();

    target.afterRun(() -> {});
    target.outage(null);
    background.passTime();

    assertThat(waiting).isCompleted();
    assertThat(target.ran).hasSize(1);
    assertThat(coordinator.state().target()).isEqualTo(TestDdl.keyed("b"));
  }

  @Test
  void whatAChangesOwnStatementsMakeOfTheMergedTableIsNotAskedFor() {
    mode(GroupMode.PESSIMISTIC);
    createBoth();
    target.merged(TestDdl.keyed("b"));

    CompletableFuture<String> waiting = pass(add(ONE, "a"));
    assertThat(pass(add(TWO, "a"))).isCompleted();

    assertThat(waiting).isCompleted();
    assertThat(coordinator.state().target()).isEqualTo(TestDdl.keyed("a"));
  }

  private static void loseTheTarget() {
    throw new DmException(SinkError.TARGET_UNREACHABLE, "The target is away");
  }
}
