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

/** A shard is read again, and rows of it that are gone upstream may be left in the merged table. */
class LeftBehindTest {
  private static final TableSchema TABLE = table("id bigint not null; primary key (id)");
  private static final MemberId ONE = MemberId.of("s", "shop", "orders_1");
  private static final MemberId TWO = MemberId.of("s", "shop", "orders_2");
  private static final String DELETE = "DELETE FROM `shop`.`orders` WHERE id < 10";

  private GroupState state;

  private void start(GroupMode mode) {
    state = GroupState.start(GroupConfig.of(new TableId("shop", "orders"), mode, List.of()), TABLE);
    decide(new Input.MemberJoins(ONE, TABLE));
    decide(new Input.MemberJoins(TWO, TABLE));
  }

  private Outcome decide(Input input) {
    Outcome outcome = Decider.decide(state, input);
    state = outcome.state();
    return outcome;
  }

  private Decision dropped() {
    DdlRequest request =
        DdlRequest.of("drop", ONE, DdlKind.DROP_TABLE, List.of(), TABLE, null)
            .withRowMove(RowMove.LEFT_BEHIND);
    return decide(new Input.RequestArrives(request)).decisions().get(ONE);
  }

  private Decision operator(Exit exit, String... statements) {
    OperatorAction action =
        new OperatorAction("a", exit, ONE, List.of(statements), null, "alice", 1);
    return decide(new Input.OperatorActs(action)).decisions().get(ONE);
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void itWaitsForAnOperator(GroupMode mode) {
    start(mode);

    assertThat(dropped())
        .isInstanceOfSatisfying(
            Decision.Conflict.class,
            conflict ->
                assertThat(conflict.exits())
                    .contains(Exit.EXECUTE, Exit.SKIP, Exit.REPLACE, Exit.DROP_MEMBER));
    assertThat(state.members()).containsKey(ONE);
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void executedItIsCarriedOutAsEver(GroupMode mode) {
    start(mode);
    dropped();

    assertThat(operator(Exit.EXECUTE)).isInstanceOf(Decision.Skip.class);

    assertThat(state.members()).containsOnlyKeys(TWO);
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void replacedItIsCarriedOutOnceTheRowsAreDeleted(GroupMode mode) {
    start(mode);
    dropped();

    assertThat(operator(Exit.REPLACE, DELETE))
        .isInstanceOfSatisfying(
            Decision.Execute.class,
            execute -> {
              assertThat(execute.statements()).containsExactly(DELETE);
              assertThat(state.members()).containsKey(ONE);
              decide(new Input.ExecutionReported(ONE, execute.executionId(), 1, null, null));
            });

    assertThat(state.members()).containsOnlyKeys(TWO);
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void eachShardInDoubtIsToldOfItsOwnRows(GroupMode mode) {
    start(mode);
    dropped();
    DdlRequest second =
        DdlRequest.of("drop 2", TWO, DdlKind.DROP_TABLE, List.of(), TABLE, null)
            .withRowMove(RowMove.LEFT_BEHIND);

    Decision decision = decide(new Input.RequestArrives(second)).decisions().get(TWO);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Conflict.class,
            conflict -> assertThat(conflict.theirs()).contains(TWO.toString()));
  }

  @Test
  void whatTheChangeItselfNeedsRunsBehindTheReplacement() {
    start(GroupMode.OPTIMISTIC);
    decide(new Input.RequestArrives(created(ONE, with("a int"))));

    Decision decision = operator(Exit.REPLACE, DELETE);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Execute.class,
            execute ->
                assertThat(execute.statements())
                    .hasSize(2)
                    .startsWith(DELETE)
                    .last()
                    .asString()
                    .contains("ADD COLUMN"));
  }

  @Test
  void itIsNotCarriedPastByAnotherShardThatWaitsForTheSameType() {
    state =
        GroupState.start(
            GroupConfig.of(new TableId("shop", "orders"), GroupMode.OPTIMISTIC, List.of()),
            with("a int"));
    decide(new Input.MemberJoins(ONE, with("a int")));
    decide(new Input.MemberJoins(TWO, with("a int")));
    String modify = "ALTER TABLE `shop`.`orders` MODIFY a DATE";
    decide(
        new Input.RequestArrives(
            DdlRequest.of(
                "modify",
                TWO,
                DdlKind.ALTER_TABLE,
                List.of(modify),
                with("a int"),
                with("a date"))));

    Outcome outcome = decide(new Input.RequestArrives(created(ONE, with("a date"))));

    assertThat(outcome.decisions().get(ONE)).isInstanceOf(Decision.Conflict.class);
    assertThat(state.pending().get(TWO).decision()).isInstanceOf(Decision.Wait.class);
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void aTableThatIsMergedWithNoOtherTakesItsRowsAlong(GroupMode mode) {
    state = GroupState.start(GroupConfig.of(new TableId("shop", "orders"), mode, List.of()), TABLE);
    decide(new Input.MemberJoins(ONE, TABLE));
    String drop = "DROP TABLE `shop`.`orders`";
    DdlRequest request =
        DdlRequest.of("drop", ONE, DdlKind.DROP_TABLE, List.of(drop), TABLE, null)
            .withMerged(false)
            .withRowMove(RowMove.LEFT_BEHIND);

    Decision decision = decide(new Input.RequestArrives(request)).decisions().get(ONE);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Execute.class,
            execute -> assertThat(execute.statements()).containsExactly(drop));
  }

  private static DdlRequest created(MemberId member, TableSchema after) {
    String sql = "CREATE TABLE `shop`.`orders` (id BIGINT PRIMARY KEY)";
    return DdlRequest.of("create", member, DdlKind.CREATE_TABLE, List.of(sql), null, after)
        .withRowMove(RowMove.LEFT_BEHIND);
  }

  private static TableSchema with(String column) {
    return table("id bigint not null; " + column + "; primary key (id)");
  }

  @ParameterizedTest
  @EnumSource(names = "PESSIMISTIC")
  void anotherShardsChangeIsNotHeldToDifferFromIt(GroupMode mode) {
    start(mode);
    dropped();
    TableSchema wider = table("id bigint not null; a int; primary key (id)");
    String add = "ALTER TABLE `shop`.`orders` ADD COLUMN a INT";

    Decision decision =
        decide(
                new Input.RequestArrives(
                    DdlRequest.of("add", TWO, DdlKind.ALTER_TABLE, List.of(add), TABLE, wider)))
            .decisions()
            .get(TWO);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Wait.class, wait -> assertThat(wait.waitsFor()).contains(ONE.toString()));
  }
}
