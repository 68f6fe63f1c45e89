package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorActionsTest {
  private static final TableSchema OLD = table("id bigint not null; primary key (id)");
  private static final TableSchema NEW = table("id bigint not null; note int; primary key (id)");
  private static final MemberId THERE = MemberId.of("s", "shop", "orders_1");
  private static final MemberId MISSING = MemberId.of("s", "shop", "orders_2");
  private static final MemberId LAST = MemberId.of("s", "shop", "orders_3");

  @Test
  void aTableThatNeverComesIsNoLongerWaitedForOnceItIsDropped() {
    GroupState waiting = waitingForTheMissing();
    assertThat(waiting.pending().get(THERE).decision())
        .isInstanceOfSatisfying(
            Decision.Wait.class,
            wait -> assertThat(wait.waitsFor()).containsExactly(MISSING.toString()));

    Outcome outcome = Decider.decide(waiting, drop(MISSING));

    assertThat(outcome.notes()).isEmpty();
    assertThat(outcome.state().unknown()).isEmpty();
    assertThat(outcome.decisions().get(THERE)).isInstanceOf(Decision.Execute.class);
  }

  @Test
  void nobodyElseCanBeDropped() {
    Outcome outcome =
        Decider.decide(waitingForTheMissing(), drop(MemberId.of("s", "shop", "orders_3")));

    assertThat(outcome.notes()).containsExactly("There is no member s/shop.orders_3");
  }

  @Test
  void aTableThatWaitsWithAChangeOfItsOwnIsNotAdded() {
    String sql = "CREATE TABLE `shop`.`orders` (id BIGINT PRIMARY KEY, note INT)";
    GroupState waiting =
        Decider.decide(
                waitingForTheMissing(),
                new Input.RequestArrives(
                    DdlRequest.of("c", MISSING, DdlKind.CREATE_TABLE, List.of(sql), null, NEW)))
            .state();
    Pending pending = waiting.pending().get(MISSING);

    Outcome outcome = Decider.decide(waiting, add(MISSING));

    assertThat(outcome.notes()).singleElement().asString().contains(MISSING.toString(), sql);
    assertThat(outcome.state().pending().get(MISSING)).isEqualTo(pending);
  }

  @Test
  void aTableThatIsThereWithoutItsCreateIsAdded() {
    Outcome outcome = Decider.decide(waitingForTheMissing(), add(MISSING));

    assertThat(outcome.notes()).isEmpty();
    assertThat(outcome.state().unknown()).isEmpty();
  }

  @Test
  void commandsAboutTheGroupItselfAreRefusedUnlessItsOwnExecutionFailed() {
    for (Exit exit : List.of(Exit.EXECUTE, Exit.SKIP, Exit.REPLACE)) {
      OperatorAction action =
          new OperatorAction("c", exit, null, List.of("DO 1"), null, "alice", 1);

      Outcome outcome = Decider.decide(waitingForTheMissing(), new Input.OperatorActs(action));

      assertThat(outcome.notes()).singleElement().asString().contains("name the member");
      assertThat(outcome.decisions()).isEmpty();
    }
  }

  @Test
  void whatAnOperatorSkippedIsPassedOverAlsoWhenItIsAskedAgain() {
    GroupState running = runningFor("r");
    DdlRequest request = running.pending().get(THERE).request();

    Outcome skipped = Decider.decide(running, skip(THERE));
    Outcome again = Decider.decide(skipped.state(), new Input.RequestArrives(request));

    assertThat(((Decision.Skip) skipped.decisions().get(THERE)).fit())
        .isEqualTo(RowFit.PASSED_OVER);
    assertThat(((Decision.Skip) again.decisions().get(THERE)).fit()).isEqualTo(RowFit.PASSED_OVER);
  }

  @Test
  void anExecutionOfTheGroupIsRunByAnotherMemberWhenItsOwnGoesPastItsChange() {
    GroupState running = runningForTheGroup();
    MemberId executor = running.core().inFlight().executor();

    Outcome outcome = Decider.decide(running, skip(executor));

    assertThat(outcome.decisions().get(executor)).isInstanceOf(Decision.Skip.class);
    Execution moved = outcome.state().core().inFlight();
    assertThat(moved.id()).isEqualTo(running.core().inFlight().id());
    assertThat(moved.executor()).isEqualTo(LAST);
    assertThat(outcome.decisions().get(LAST)).isEqualTo(moved.decision());
  }

  @Test
  void theOnlyMemberRunsAnExecutionOfTheGroupBeforeItGoesPastItsChange() {
    GroupState alone = Decider.decide(runningForTheGroup(), drop(LAST)).state();
    Execution execution = alone.core().inFlight();

    Outcome outcome = Decider.decide(alone, skip(execution.executor()));

    assertThat(outcome.state().core().inFlight()).isEqualTo(execution);
    assertThat(outcome.decisions().get(execution.executor())).isEqualTo(execution.decision());
    assertThat(outcome.state().pending()).isEmpty();
  }

  @Test
  void aChangeThatRunsIsSkippedAndItsExecutionGivenUp() {
    GroupState running = runningFor("r");
    Execution execution = running.core().inFlight();

    Outcome outcome = Decider.decide(running, skip(THERE));

    assertThat(outcome.notes()).isEmpty();
    assertThat(outcome.decisions().get(THERE)).isInstanceOf(Decision.Skip.class);
    assertThat(outcome.state().core().inFlight()).isNull();
    assertThat(outcome.state().core().unfinished())
        .extracting(one -> one.execution().id())
        .containsExactly(execution.id());
  }

  @Test
  void aChangeThatRunsIsReplacedByOtherStatements() {
    GroupState running = runningFor("r");
    List<String> others = List.of("ALTER TABLE `shop`.`orders` ADD COLUMN note INT DEFAULT 1");

    Outcome outcome =
        Decider.decide(running, new Input.OperatorActs(order(Exit.REPLACE, null, others)));

    assertThat(outcome.notes()).isEmpty();
    Execution replaced = outcome.state().core().inFlight();
    assertThat(replaced.id()).isNotEqualTo(running.core().inFlight().id());
    assertThat(replaced.plan().statements()).isEqualTo(others);
  }

  @Test
  void aChangeThatRunsIsNotExecutedAgain() {
    GroupState running = runningFor("r");

    Outcome outcome =
        Decider.decide(running, new Input.OperatorActs(order(Exit.EXECUTE, null, List.of())));

    assertThat(outcome.notes()).singleElement().asString().contains("under way");
    assertThat(outcome.state().core().inFlight()).isEqualTo(running.core().inFlight());
  }

  @ParameterizedTest
  @EnumSource(names = {"EXECUTE", "SKIP", "REPLACE"})
  void aCommandAboutAChangeThatTheMemberIsPastDoesNothing(Exit exit) {
    GroupState running = runningFor("second");

    Outcome outcome =
        Decider.decide(running, new Input.OperatorActs(order(exit, "first", List.of("DO 1"))));

    assertThat(outcome.notes()).singleElement().asString().contains("first", "second");
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.state().core().inFlight()).isEqualTo(running.core().inFlight());
  }

  private static GroupState runningFor(String request) {
    GroupState state =
        GroupState.start(
            GroupConfig.of(new TableId("shop", "orders"), GroupMode.OPTIMISTIC, List.of()), OLD);
    for (MemberId member : List.of(THERE, LAST)) {
      state = Decider.decide(state, new Input.MemberJoins(member, OLD)).state();
    }

    state = Decider.decide(state, asks(request, THERE)).state();
    assertThat(state.core().inFlight().requestId()).isEqualTo(request);
    return state;
  }

  private static OperatorAction order(Exit exit, String request, List<String> statements) {
    return new OperatorAction("o", exit, THERE, request, statements, null, "alice", 1);
  }

  /** A table is taken out while its statement runs; who runs it then waits with a change, too. */
  private static GroupState runningForTheGroup() {
    GroupState state =
        GroupState.start(
            GroupConfig.of(new TableId("shop", "orders"), GroupMode.PESSIMISTIC, List.of()), OLD);
    for (MemberId member : List.of(THERE, MISSING, LAST)) {
      state = Decider.decide(state, new Input.MemberJoins(member, OLD)).state();
    }

    state = Decider.decide(state, asks("r", THERE)).state();
    OperatorAction execute =
        new OperatorAction("e", Exit.EXECUTE, THERE, List.of(), null, "alice", 1);
    state = Decider.decide(state, new Input.OperatorActs(execute)).state();
    state = Decider.decide(state, drop(THERE)).state();
    Execution execution = state.core().inFlight();
    assertThat(execution.requestId()).isNull();
    assertThat(execution.executor()).isEqualTo(MISSING);
    return Decider.decide(state, asks("m", MISSING)).state();
  }

  private static Input asks(String id, MemberId member) {
    String sql = "ALTER TABLE `shop`.`orders` ADD COLUMN note INT";
    return new Input.RequestArrives(
        DdlRequest.of(id, member, DdlKind.ALTER_TABLE, List.of(sql), OLD, NEW));
  }

  private static Input skip(MemberId member) {
    return new Input.OperatorActs(
        new OperatorAction("s", Exit.SKIP, member, List.of(), null, "alice", 1));
  }

  private static Input add(MemberId member) {
    return new Input.OperatorActs(
        new OperatorAction("b", Exit.ADD_MEMBER, member, List.of(), OLD, "alice", 1));
  }

  private static GroupState waitingForTheMissing() {
    GroupState empty =
        GroupState.start(
            GroupConfig.of(new TableId("shop", "orders"), GroupMode.PESSIMISTIC, List.of("s")),
            null);
    GroupState creating =
        Decider.decide(
                empty,
                List.of(
                    Input.SourceStated.of("s", List.of(THERE.table(), MISSING.table())),
                    new Input.MemberJoins(THERE, OLD)))
            .state();
    Execution execution = creating.core().inFlight();
    GroupState created =
        Decider.decide(creating, new Input.ExecutionReported(THERE, execution.id(), 1, null, null))
            .state();
    return Decider.decide(created, asks("r", THERE)).state();
  }

  private static Input drop(MemberId member) {
    return new Input.OperatorActs(
        new OperatorAction(
            "drop " + member, Exit.DROP_MEMBER, member, List.of(), null, "alice", 1));
  }
}
