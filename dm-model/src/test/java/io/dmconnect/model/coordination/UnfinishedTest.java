package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executions that failed or were given up while their sink may still run them. */
class UnfinishedTest {
  private static final TableSchema OLD = table("id bigint not null; primary key (id)");
  private static final TableSchema NEW = table("id bigint not null; note int; primary key (id)");
  private static final MemberId ONE = MemberId.of("s", "shop", "orders_1");
  private static final MemberId TWO = MemberId.of("s", "shop", "orders_2");
  private static final String ADD = "ALTER TABLE `shop`.`orders` ADD COLUMN `note` int NULL";

  private GroupState state;
  private Map<MemberId, Decision> decisions;
  private int ids;

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
    decide(
        new Input.RequestArrives(
            DdlRequest.of(id, member, DdlKind.ALTER_TABLE, List.of(ADD), OLD, NEW)));
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
    start(GroupMode.OPTIMISTIC);
    ask("r", ONE);
    Decision.Execute first = execute(ONE);

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
    start(GroupMode.PESSIMISTIC);
    ask("r", ONE);
    operator(Exit.EXECUTE, ONE);
    Decision.Execute first = execute(ONE);
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
    TableSchema numbers = table("id bigint not null; x int; y varchar(5); primary key (id)");
    TableSchema texts = table("id bigint not null; x varchar(5); y varchar(5); primary key (id)");
    change("two", TWO, OLD, numbers);
    succeed(execute(TWO), TWO);
    change("one", ONE, OLD, texts);
    operator(Exit.EXECUTE, ONE);
    Decision.Execute first = execute(ONE);
    operator(Exit.RELEASE, null);
    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Conflict.class);
    TableSchema more = table("id bigint not null; x int; y varchar(5); z int; primary key (id)");
    change("two again", TWO, numbers, more);
    Decision.Execute other = execute(TWO);

    succeed(first, ONE);
    assertThat(decisions).as("while another one runs").isEmpty();
    succeed(other, TWO);

    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Skip.class);
    assertThat(state.target().column("x").orElseThrow().type().name()).isEqualTo("varchar");
    assertThat(state.target().column("z")).isPresent();
  }

  @Test
  void anIndexThatWasGivenUpBeforeAReleasedExecutionRanStaysGivenUp() {
    TableSchema keyed = table("id bigint not null; x int; y int; primary key (id); key k (x)");
    TableSchema moved = table("id bigint not null; x int; y int; primary key (id); key k (id)");
    TableSchema texts =
        table("id bigint not null; x int; y varchar(5); primary key (id); key k (x)");
    TableSchema more =
        table("id bigint not null; x int; y varchar(5); z int; primary key (id); key k (x)");
    start(GroupMode.OPTIMISTIC, keyed);
    Decision.Execute released = released("one", keyed, texts);
    change("two", TWO, keyed, moved);
    succeed(execute(TWO), TWO);

    succeed(released, ONE);
    assertThat(decisions.get(ONE)).isInstanceOf(Decision.Skip.class);
    change("one again", ONE, texts, more);

    succeed(execute(ONE), ONE);
    assertThat(state.target().column("z")).isPresent();
  }

  @Test
  void whatAnOperatorAcceptedBeforeAReleasedExecutionRanStaysAccepted() {
    TableSchema numbers = table("id bigint not null; x int; y int; primary key (id)");
    TableSchema textX = table("id bigint not null; x varchar(5); y int; primary key (id)");
    TableSchema textY = table("id bigint not null; x int; y varchar(5); primary key (id)");
    TableSchema more = table("id bigint not null; x varchar(5); y int; z int; primary key (id)");
    start(GroupMode.OPTIMISTIC, numbers);
    Decision.Execute released = released("one", numbers, textX);
    change("two", TWO, numbers, textY);
    operator(Exit.EXECUTE, TWO);
    succeed(execute(TWO), TWO);

    succeed(released, ONE);
    change("one again", ONE, textX, more);

    succeed(execute(ONE), ONE);
    assertThat(state.target().column("z")).isPresent();
  }

  @Test
  void whatRanBeforeAnotherExecutionFailedStaysWhenAReleasedOneRan() {
    TableSchema numbers = table("id bigint not null; x int; primary key (id)");
    TableSchema texts = table("id bigint not null; x varchar(5); primary key (id)");
    TableSchema more = table("id bigint not null; x int; p int; q int; primary key (id)");
    start(GroupMode.OPTIMISTIC, numbers);
    Decision.Execute released = released("one", numbers, texts);
    change("two", TWO, numbers, more);
    Decision.Execute other = execute(TWO);
    assertThat(other.statements()).hasSize(2);
    decide(new Input.ExecutionReported(TWO, other.executionId(), 1, "8200 no", null));

    succeed(released, ONE);

    assertThat(state.target().column("x").orElseThrow().type().name()).isEqualTo("varchar");
    assertThat(state.target().column("p")).isPresent();
    assertThat(state.target().column("q")).isEmpty();
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
    TableSchema more = table("id bigint not null; x int; z int; primary key (id)");
    change("two", TWO, table("id bigint not null; x int; primary key (id)"), more);
    Decision.Execute other = execute(TWO);

    cut(released);
    assertThat(decisions).as("while another one runs").isEmpty();
    succeed(other, TWO);

    assertThat(state.target().column("z")).isPresent();
    assertBeganWhereItWasCut();
  }

  @Test
  void anExecutionThatIsDecidedAgainGoesOnWhateverIsToldOfTheOneThatWasCut() {
    TableSchema more = table("id bigint not null; x int; p int; q int; primary key (id)");
    start(GroupMode.OPTIMISTIC, table("id bigint not null; x int; primary key (id)"));
    change("one", ONE, state.target(), more);
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
    start(GroupMode.OPTIMISTIC);
    ask("r", ONE);
    Decision.Execute first = execute(ONE);
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

    assertThat(state.target().column("x").orElseThrow().type().name()).isEqualTo("varchar");
    assertThat(state.target().column("p")).isPresent();
    assertThat(state.core().unfinished()).isEmpty();
    TableSchema numbers = table("id bigint not null; x int; primary key (id)");
    change("two", TWO, numbers, table("id bigint not null; x int; p int; primary key (id)"));
    assertThat(decisions.get(TWO)).isInstanceOf(Decision.Skip.class);
  }

  @Test
  void whatRanBeforeACutIsKnownAlsoWhenItsChangeIsSkippedWhileAnotherOneRuns() {
    Decision.Execute released = releasedOfTwoStatements();
    TableSchema more = table("id bigint not null; x int; z int; primary key (id)");
    change("two", TWO, table("id bigint not null; x int; primary key (id)"), more);
    Decision.Execute other = execute(TWO);
    cut(released);

    operator(Exit.SKIP, ONE);
    succeed(other, TWO);

    assertThat(state.target().column("x").orElseThrow().type().name()).isEqualTo("varchar");
    assertThat(state.target().column("p")).isEmpty();
    assertThat(state.target().column("z")).isPresent();
    assertThat(state.core().unfinished()).isEmpty();
  }

  @Test
  void whatRanOfAReleasedExecutionOfTheGroupIsKnown() {
    start(GroupMode.PESSIMISTIC);
    ask("r", ONE);
    operator(Exit.EXECUTE, ONE);
    operator(Exit.DROP_MEMBER, ONE);
    Decision.Execute handedOver = execute(TWO);
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

  private Decision.Execute releasedOfTwoStatements() {
    TableSchema numbers = table("id bigint not null; x int; primary key (id)");
    start(GroupMode.OPTIMISTIC, numbers);
    Decision.Execute released =
        released(
            "one", numbers, table("id bigint not null; x varchar(5); p int; primary key (id)"));
    assertThat(released.statements()).hasSize(2);
    assertThat(released.statements().get(0)).contains("MODIFY COLUMN `x`");
    return released;
  }

  /** Its sink runs no further statement after the first. */
  private void cut(Decision.Execute execute) {
    decide(new Input.ExecutionReported(ONE, execute.executionId(), 1, "given up", null));
  }

  private void assertBeganWhereItWasCut() {
    assertThat(state.target().column("x").orElseThrow().type().name()).isEqualTo("varchar");
    assertThat(state.target().column("p")).isEmpty();
    assertThat(state.core().unfinished()).isEmpty();
    operator(Exit.EXECUTE, ONE);
    assertThat(execute(ONE).statements()).singleElement().asString().contains("ADD COLUMN `p`");
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

  private void change(String id, MemberId member, TableSchema before, TableSchema after) {
    List<String> sql = List.of("ALTER TABLE t " + id);
    decide(
        new Input.RequestArrives(
            DdlRequest.of(id, member, DdlKind.ALTER_TABLE, sql, before, after)));
  }

  @Test
  void aReleasedExecutionThatFailsAfterwardsChangesNothing() {
    start(GroupMode.PESSIMISTIC);
    ask("r", ONE);
    operator(Exit.EXECUTE, ONE);
    Decision.Execute first = execute(ONE);
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
    start(GroupMode.OPTIMISTIC);
    ask("r", ONE);
    Decision.Execute first = execute(ONE);
    fail(first, ONE);

    operator(Exit.REPLACE, ONE, "ALTER TABLE `shop`.`orders` ADD COLUMN note INT");

    assertIsAnother(execute(ONE), first);
  }

  @Test
  void theSameStatementsForALaterRequestAreAnotherExecution() {
    start(GroupMode.OPTIMISTIC);
    ask("r", ONE);
    Decision.Execute first = execute(ONE);
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
    TableSchema more = table("id bigint not null; more int; primary key (id)");
    String sql = "ALTER TABLE `shop`.`orders` ADD COLUMN `more` int NULL";
    decide(
        new Input.RequestArrives(
            DdlRequest.of("m", TWO, DdlKind.ALTER_TABLE, List.of(sql), OLD, more)));
    succeed(execute(TWO), TWO);

    operator(Exit.EXECUTE, null);

    assertGoesOn(execute(TWO), failed);
    succeed(execute(TWO), TWO);
    assertThat(state.target().column("more")).isPresent();
    assertThat(state.target().column("note")).isPresent();
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

  /** The member is taken out while its statement is under way, which another one then runs. */
  private Decision.Execute failedWithoutItsMember() {
    start(GroupMode.PESSIMISTIC);
    ask("r", ONE);
    operator(Exit.EXECUTE, ONE);
    operator(Exit.DROP_MEMBER, ONE);
    Decision.Execute handedOver = execute(TWO);
    assertThat(handedOver.requestId()).isNull();
    fail(handedOver, TWO);
    assertThat(state.core().heldError()).isEqualTo("8200 no");
    return handedOver;
  }
}
