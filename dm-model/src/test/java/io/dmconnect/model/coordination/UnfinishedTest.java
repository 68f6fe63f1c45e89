package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executions that failed or were given up while their sink may still run them. */
class UnfinishedTest {
  private static final TableSchema OLD = orders();
  private static final TableSchema NEW = orders("note int");
  private static final TableSchema NUMBERS = orders("x int");
  private static final MemberId ONE = MemberId.of("s", "shop", "orders_1");
  private static final MemberId TWO = MemberId.of("s", "shop", "orders_2");
  private static final String ADD = "ALTER TABLE `shop`.`orders` ADD COLUMN `note` int NULL";

  private GroupState state;
  private Map<MemberId, Decision> decisions;
  private int ids;

  /** A table with these columns and keys besides its id. */
  private static TableSchema orders(String... parts) {
    String more = Stream.of(parts).map(part -> "; " + part).collect(Collectors.joining());
    return table("id bigint not null; primary key (id)" + more);
  }

  private void start(GroupMode mode) {
    start(mode, OLD);
  }

  private void start(GroupMode mode, TableSchema table) {
    state = GroupState.start(GroupConfig.of(new TableId("shop", "orders"), mode, List.of()), table);
    decide(new Input.MemberJoins(ONE, table));
    decide(new Input.MemberJoins(TWO, table));
    assertThat(state.core().inFlight()).isNull();
  }

  private void decide(Input input) {
    Outcome outcome = Decider.decide(state, input);
    SchemaTexts texts = SchemaTexts.INLINE;
    state = outcome.state();
    decisions = outcome.decisions();
    GroupState read =
        GroupJson.read(GroupJson.write(state, texts), texts)
            .with(state.members().values(), state.pending().values());
    assertThat(read).isEqualTo(state);
  }

  private void ask(String id, MemberId member) {
    ask(id, member, ADD, OLD, NEW);
  }

  private void change(String id, MemberId member, TableSchema before, TableSchema after) {
    ask(id, member, "ALTER TABLE t " + id, before, after);
  }

  private void ask(String id, MemberId member, String sql, TableSchema before, TableSchema after) {
    decide(
        new Input.RequestArrives(
            DdlRequest.of(id, member, DdlKind.ALTER_TABLE, List.of(sql), before, after)));
  }

  private void operator(Exit exit, MemberId member, String... statements) {
    decide(
        new Input.OperatorActs(
            new OperatorAction("a" + ids++, exit, member, List.of(statements), null, "alice", 1)));
  }

  private Decision.Execute execute(MemberId member) {
    assertThat(decisions.get(member)).isInstanceOf(Decision.Execute.class);
    Decision.Execute execute = (Decision.Execute) decisions.get(member);
    assertThat(DecisionJson.read(DecisionJson.write(execute))).isEqualTo(execute);
    return execute;
  }

  private void succeed(Decision.Execute execute, MemberId member) {
    int count = execute.statements().size();
    decide(new Input.ExecutionReported(member, execute.executionId(), count, null, null));
  }

  private void fail(Decision.Execute execute, MemberId member) {
    decide(new Input.ExecutionReported(member, execute.executionId(), 0, "8200 no", null));
  }

  /** Its sink runs no further statement after the first. */
  private void cut(Decision.Execute execute) {
    decide(new Input.ExecutionReported(ONE, execute.executionId(), 1, "given up", null));
  }

  private Decision.Execute underWay() {
    start(GroupMode.OPTIMISTIC);
    ask("r", ONE);
    return execute(ONE);
  }

  /** An operator has a change run that waits for the others in pessimistic mode. */
  private Decision.Execute orderedBeforeTheOthersCome() {
    start(GroupMode.PESSIMISTIC);
    ask("r", ONE);
    operator(Exit.EXECUTE, ONE);
    return execute(ONE);
  }

  /** The member is taken out while its statement is under way, which another one then runs. */
  private Decision.Execute handedOverWithoutItsChange() {
    Decision.Execute ordered = orderedBeforeTheOthersCome();
    operator(Exit.DROP_MEMBER, ONE);
    Decision.Execute handedOver = execute(TWO);
    assertThat(handedOver.executionId()).isEqualTo(ordered.executionId());
    assertThat(handedOver.requestId()).isNull();
    return handedOver;
  }

  private Decision.Execute failedWithoutItsMember() {
    Decision.Execute handedOver = handedOverWithoutItsChange();
    fail(handedOver, TWO);
    assertThat(state.core().heldError()).isEqualTo("8200 no");
    return handedOver;
  }

  private Decision.Execute releasedOfTwoStatements() {
    start(GroupMode.OPTIMISTIC, NUMBERS);
    Decision.Execute released = released("one", NUMBERS, orders("x varchar(5)", "p int"));
    assertThat(released.statements()).hasSize(2);
    assertThat(released.statements().get(0)).contains("MODIFY COLUMN `x`");
    return released;
  }

  /** An operator executes a change that contradicts the other table, then gives it up. */
  private Decision.Execute released(String id, TableSchema before, TableSchema after) {
    change(id, ONE, before, after);
    operator(Exit.EXECUTE, ONE);
    Decision.Execute execute = execute(ONE);
    operator(Exit.RELEASE, null);
    assertThat(decisions.get(ONE)).isInstanceOfAny(Decision.Wait.class, Decision.Conflict.class);
    return execute;
  }

  /** The other table's change runs, which has nothing to do with a released one of the first. */
  private Decision.Execute anotherOne() {
    change("two", TWO, NUMBERS, orders("x int", "z int"));
    return execute(TWO);
  }

  /** The merged table's columns besides its id, each with its type's name. */
  private void assertColumns(String... columns) {
    assertThat(state.target().columns().stream().skip(1))
        .extracting(column -> column.name() + " " + column.type().name())
        .containsExactlyInAnyOrder(columns);
  }

  /** The first statement ran and the second did not, beside what others added. */
  private void assertBeganWhereItWasCut(String... others) {
    assertColumns(Stream.concat(Stream.of("x varchar"), Stream.of(others)).toArray(String[]::new));
    assertThat(state.core().unfinished()).isEmpty();
    operator(Exit.EXECUTE, ONE);
    assertThat(execute(ONE).statements()).singleElement().asString().contains("ADD COLUMN `p`");
  }

  private static void assertGoesOn(Decision.Execute next, Decision.Execute first) {
    assertThat(next.executionId()).isNotEqualTo(first.executionId());
    assertThat(next.begunAs()).isEqualTo(first.begunAs());
    assertThat(next.statements()).isEqualTo(first.statements());
  }

  private static void assertIsAnother(Decision.Execute next, Decision.Execute first) {
    assertThat(next.executionId()).isNotEqualTo(first.executionId());
    assertThat(next.begunAs()).isEqualTo(next.executionId());
  }

  @Test
  void aReleasedExecutionGoesOnWhereItIsWhenItIsDecidedAgain() {
    Decision.Execute first = underWay();

    operator(Exit.RELEASE, null);

    Decision.Execute second = execute(ONE);
    assertGoesOn(second, first);
    operator(Exit.RELEASE, null);
    Decision.Execute third = execute(ONE);
    assertGoesOn(third, first);
    succeed(third, ONE);
    assertThat(state.target()).isEqualTo(NEW);
    assertThat(state.core().unfinished()).isEmpty();
  }

  @Test
  void aReleasedExecutionThatRanAllTheSameLetsItsMemberGoOn() {
    Decision.Execute first = orderedBeforeTheOthersCome();
    operator(Exit.RELEASE, null);
    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Wait.class);

    succeed(first, ONE);

    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Skip.class);
    assertThat(state.target()).isEqualTo(NEW);
    assertThat(state.core().inFlight()).isNull();
    assertThat(state.core().unfinished()).isEmpty();
  }

  @Test
  void aReleasedExecutionThatRanStaysWhatItWasWhenItsPlanWouldBeAnotherOneByNow() {
    start(GroupMode.OPTIMISTIC);
    TableSchema numbers = orders("x int", "y varchar(5)");
    TableSchema texts = orders("x varchar(5)", "y varchar(5)");
    change("two", TWO, OLD, numbers);
    succeed(execute(TWO), TWO);
    change("one", ONE, OLD, texts);
    operator(Exit.EXECUTE, ONE);
    Decision.Execute first = execute(ONE);
    operator(Exit.RELEASE, null);
    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Conflict.class);
    TableSchema more = orders("x int", "y varchar(5)", "z int");
    change("two again", TWO, numbers, more);
    Decision.Execute other = execute(TWO);

    succeed(first, ONE);
    assertThat(decisions).as("while another one runs").isEmpty();
    succeed(other, TWO);

    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Skip.class);
    assertColumns("x varchar", "y varchar", "z int");
  }

  @Test
  void anIndexThatWasGivenUpBeforeAReleasedExecutionRanStaysGivenUp() {
    TableSchema keyed = orders("x int", "y int", "key k (x)");
    TableSchema moved = orders("x int", "y int", "key k (id)");
    TableSchema texts = orders("x int", "y varchar(5)", "key k (x)");
    TableSchema more = orders("x int", "y varchar(5)", "z int", "key k (x)");
    start(GroupMode.OPTIMISTIC, keyed);
    Decision.Execute released = released("one", keyed, texts);
    change("two", TWO, keyed, moved);
    succeed(execute(TWO), TWO);

    succeed(released, ONE);
    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Skip.class);
    change("one again", ONE, texts, more);

    succeed(execute(ONE), ONE);
    assertColumns("x int", "y varchar", "z int");
  }

  @Test
  void whatAnOperatorAcceptedBeforeAReleasedExecutionRanStaysAccepted() {
    TableSchema numbers = orders("x int", "y int");
    TableSchema textX = orders("x varchar(5)", "y int");
    TableSchema textY = orders("x int", "y varchar(5)");
    TableSchema more = orders("x varchar(5)", "y int", "z int");
    start(GroupMode.OPTIMISTIC, numbers);
    Decision.Execute released = released("one", numbers, textX);
    change("two", TWO, numbers, textY);
    operator(Exit.EXECUTE, TWO);
    succeed(execute(TWO), TWO);

    succeed(released, ONE);
    change("one again", ONE, textX, more);

    succeed(execute(ONE), ONE);
    assertColumns("x varchar", "y varchar", "z int");
  }

  @Test
  void whatRanBeforeAnotherExecutionFailedStaysWhenAReleasedOneRan() {
    start(GroupMode.OPTIMISTIC, NUMBERS);
    Decision.Execute released = released("one", NUMBERS, orders("x varchar(5)"));
    change("two", TWO, NUMBERS, orders("x int", "p int", "q int"));
    Decision.Execute other = execute(TWO);
    assertThat(other.statements()).hasSize(2);
    decide(new Input.ExecutionReported(TWO, other.executionId(), 1, "8200 no", null));

    succeed(released, ONE);

    assertColumns("x varchar", "p int");
  }

  @Test
  void whatRanInPlaceOfAReleasedExecutionRanBehindItAlsoWhenThatIsToldLater() {
    start(GroupMode.OPTIMISTIC, NUMBERS);
    Decision.Execute released = released("one", NUMBERS, orders("x varchar(5)"));
    change("two", TWO, NUMBERS, orders("x bigint"));
    succeed(execute(TWO), TWO);

    succeed(released, ONE);

    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Skip.class);
    assertColumns("x bigint");
  }

  @Test
  void whatFollowsAReleasedExecutionThatWasCutBeginsWhereItWasCut() {
    Decision.Execute released = releasedOfTwoStatements();

    cut(released);

    assertBeganWhereItWasCut();
  }

  @Test
  void anExecutionThatWasCutCountsOnceTheOneThatCutItHasEnded() {
    Decision.Execute released = releasedOfTwoStatements();
    Decision.Execute other = anotherOne();

    cut(released);
    assertThat(decisions).as("while another one runs").isEmpty();
    succeed(other, TWO);

    assertBeganWhereItWasCut("z int");
  }

  @Test
  void anExecutionThatIsDecidedAgainGoesOnWhateverIsToldOfTheOneThatWasCut() {
    TableSchema more = orders("x int", "p int", "q int");
    start(GroupMode.OPTIMISTIC, NUMBERS);
    change("one", ONE, NUMBERS, more);
    Decision.Execute first = execute(ONE);
    operator(Exit.RELEASE, null);
    Decision.Execute second = execute(ONE);
    assertGoesOn(second, first);

    cut(first);
    assertThat(state.core().inFlight().id()).isEqualTo(second.executionId());
    succeed(second, ONE);

    assertThat(state.target()).isEqualTo(more);
  }

  @Test
  void aFailureAtTheMemberThatLeftDoesNotEndWhatWasHandedOver() {
    Decision.Execute first = underWay();
    operator(Exit.DROP_MEMBER, ONE);
    Decision.Execute moved = execute(TWO);
    assertThat(moved.executionId()).isEqualTo(first.executionId());

    fail(first, ONE);
    assertThat(state.core().inFlight().executor()).isEqualTo(TWO);
    fail(moved, TWO);

    assertThat(state.core().inFlight()).isNull();
  }

  @Test
  void whatRanOfAReleasedExecutionIsKnownAlsoWhenItsChangeWasSkippedMeanwhile() {
    Decision.Execute released = releasedOfTwoStatements();
    operator(Exit.SKIP, ONE);
    assertThat(state.core().awaitsReport(released.executionId())).isTrue();

    succeed(released, ONE);

    assertColumns("x varchar", "p int");
    assertThat(state.core().unfinished()).isEmpty();
    change("two", TWO, NUMBERS, orders("x int", "p int"));
    assertThat(decisions.get(TWO)).isInstanceOf(Decision.Skip.class);
  }

  @Test
  void whatRanBeforeACutIsKnownAlsoWhenItsChangeIsSkippedWhileAnotherOneRuns() {
    Decision.Execute released = releasedOfTwoStatements();
    Decision.Execute other = anotherOne();
    cut(released);

    operator(Exit.SKIP, ONE);
    succeed(other, TWO);

    assertColumns("x varchar", "z int");
    assertThat(state.core().unfinished()).isEmpty();
  }

  @Test
  void whatRanOfAReleasedExecutionOfTheGroupIsKnown() {
    Decision.Execute handedOver = handedOverWithoutItsChange();
    operator(Exit.RELEASE, null);
    assertThat(state.core().inFlight()).isNull();

    succeed(handedOver, TWO);

    assertThat(state.target()).isEqualTo(NEW);
    assertThat(state.core().unfinished()).isEmpty();
  }

  @Test
  void aReleasedExecutionThatNobodyDecidesAgainIsForgottenOnceItFailed() {
    Decision.Execute released = releasedOfTwoStatements();
    operator(Exit.SKIP, ONE);
    TableSchema target = state.target();

    fail(released, ONE);

    assertThat(state.core().unfinished()).isEmpty();
    assertThat(state.target()).isEqualTo(target);
  }

  @Test
  void aReleasedExecutionThatFailsAfterwardsChangesNothing() {
    Decision.Execute first = orderedBeforeTheOthersCome();
    operator(Exit.RELEASE, null);
    GroupState released = state;

    fail(first, ONE);

    assertThat(decisions).isEmpty();
    assertThat(state).isEqualTo(released);
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void aFailedExecutionGoesOnWhereItFailed(GroupMode mode) {
    start(mode);
    ask("r", ONE);
    if (mode == GroupMode.PESSIMISTIC) {
      ask("r2", TWO);
    }

    Decision.Execute first = execute(ONE);
    fail(first, ONE);

    operator(Exit.EXECUTE, ONE);

    Decision.Execute second = execute(ONE);
    assertGoesOn(second, first);
    fail(second, ONE);
    operator(Exit.EXECUTE, ONE);
    assertGoesOn(execute(ONE), first);
  }

  @Test
  void otherStatementsAreAnotherExecution() {
    Decision.Execute first = underWay();
    fail(first, ONE);

    operator(Exit.REPLACE, ONE, "ALTER TABLE `shop`.`orders` ADD COLUMN note INT");

    assertIsAnother(execute(ONE), first);
  }

  @Test
  void theSameStatementsForALaterRequestAreAnotherExecution() {
    Decision.Execute first = underWay();
    fail(first, ONE);
    operator(Exit.SKIP, ONE);
    assertThat(state.core().unfinished()).isEmpty();

    ask("r2", TWO);

    assertIsAnother(execute(TWO), first);
  }

  @Test
  void aFailedStatementThatBelongsToNoChangeRunsAgainInPessimisticModeToo() {
    Decision.Execute failed = failedWithoutItsMember();

    operator(Exit.EXECUTE, null);

    Decision.Execute second = execute(TWO);
    assertGoesOn(second, failed);
    succeed(second, TWO);
    assertThat(state.core().heldError()).isNull();
    assertThat(state.core().unfinished()).isEmpty();
    assertThat(state.target()).isEqualTo(NEW);
  }

  @Test
  void whatTheOthersChangedMeanwhileStaysWhenAFailedStatementRunsAgain() {
    Decision.Execute failed = failedWithoutItsMember();
    change("m", TWO, OLD, orders("more int"));
    succeed(execute(TWO), TWO);

    operator(Exit.EXECUTE, null);

    assertGoesOn(execute(TWO), failed);
    succeed(execute(TWO), TWO);
    assertColumns("more int", "note int");
  }

  @Test
  void aFailedStatementThatBelongsToNoChangeIsForgottenWhenItIsSkipped() {
    failedWithoutItsMember();

    operator(Exit.SKIP, null);

    assertThat(decisions).isEmpty();
    assertThat(state.core().heldError()).isNull();
    assertThat(state.core().unfinished()).isEmpty();
    assertThat(state.target()).isEqualTo(OLD);
  }
}
