package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private static final TableSchema OLD = table("id bigint not null; primary key (id)");
  private static final TableSchema NEW = table("id bigint not null; note int; primary key (id)");
  private static final MemberId FIRST = MemberId.of("s1", "shop", "orders");
  private static final MemberId SECOND = MemberId.of("s2", "shop", "orders");

  private GroupState state = twoMembers();

  @Test
  void aMemberThatIsNoLongerListedStaysAndIsWaitedFor() {
    take(Input.SourceStated.of("s2", List.of()));
    Outcome outcome = take(alter(FIRST));

    assertThat(state.members()).containsKey(SECOND);
    assertThat(outcome.decisions().get(FIRST))
        .isInstanceOfSatisfying(
            Decision.Wait.class,
            wait -> assertThat(wait.waitsFor()).containsExactly(SECOND.toString()));
  }

  @Test
  void aTableThatNeverCameIsNotWaitedForOnceItIsNoLongerListed() {
    take(Input.SourceStated.of("s2", List.of(SECOND.table(), new TableId("shop", "never"))));
    assertThat(state.unknown()).containsExactly("s2/shop.never");

    take(Input.SourceStated.of("s2", List.of(SECOND.table())));

    assertThat(state.unknown()).isEmpty();
  }

  @Test
  void aMemberThatItsDropTookOutIsNotWaitedForWhileItIsStillListed() {
    take(drop(SECOND));
    Outcome outcome = take(alter(FIRST));

    assertThat(state.unknown()).isEmpty();
    assertThat(outcome.decisions().get(FIRST)).isInstanceOf(Decision.Execute.class);
  }

  @Test
  void aMemberThatItsDropTookOutComesBackByItsTopicAndNotByWhatASinkStillKnew() {
    take(drop(SECOND));
    take(Input.SourceStated.of("s2", List.of()));
    take(new Input.MemberJoins(SECOND, OLD));
    assertThat(state.members()).containsOnlyKeys(FIRST);

    take(
        new Input.RequestArrives(
            DdlRequest.of("again", SECOND, DdlKind.CREATE_TABLE, List.of(), null, OLD)));
    assertThat(state.members()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void aDroppedTableThatIsMadeAgainIsWaitedForAgain() {
    take(drop(SECOND));
    take(Input.SourceStated.of("s2", List.of()));
    take(Input.SourceStated.of("s2", List.of(SECOND.table())));

    assertThat(state.unknown()).containsExactly(SECOND.toString());
  }

  @Test
  void theTablesOfAForgottenSourceLeaveAndWhatTheyWaitWithIsPassedOver() {
    Outcome waiting = take(alter(SECOND));
    assertThat(waiting.decisions().get(SECOND)).isInstanceOf(Decision.Wait.class);

    Outcome outcome = take(new Input.SourceForgotten("s2"));

    assertThat(state.members()).containsOnlyKeys(FIRST);
    assertThat(outcome.decisions().get(SECOND)).isInstanceOf(Decision.Skip.class);
  }

  @Test
  void whoIsTakenOutLearnsItAlsoWhenItWaitsAtNothing() {
    String last = state.members().get(SECOND).done().get(0);

    Outcome outcome = take(takeOut(SECOND));

    assertThat(outcome.decisions().get(SECOND))
        .as("it goes past what it may not have seen that it was let past")
        .isEqualTo(
            new Decision.Skip(last, RowFit.OUT, "An operator took the table out of the group"));
    Decision later = take(alter(SECOND)).decisions().get(SECOND);
    assertThat(((Decision.Skip) later).fit()).isEqualTo(RowFit.OUT);
  }

  @Test
  void tablesOfAForgottenSourceLearnThatTheyAreOut() {
    Decision decision = take(new Input.SourceForgotten("s2")).decisions().get(SECOND);

    assertThat(((Decision.Skip) decision).fit()).isEqualTo(RowFit.OUT);
  }

  @Test
  void aForgottenSourcesTableDoesNotComeBackBySpeaking() {
    take(new Input.SourceForgotten("s2"));
    take(new Input.MemberJoins(SECOND, OLD));

    assertThat(state.members()).containsOnlyKeys(FIRST);
  }

  @Test
  void aForgottenSourceThatStatesItsTablesIsBack() {
    take(new Input.SourceForgotten("s2"));
    take(Input.SourceStated.of("s2", List.of(SECOND.table())));
    take(new Input.MemberJoins(SECOND, OLD));

    assertThat(state.members()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void aForgottenSourceIsNotWaitedForAlthoughItIsExpected() {
    take(new Input.SourceForgotten("s2"));
    Outcome outcome = take(alter(FIRST));

    assertThat(outcome.decisions().get(FIRST)).isInstanceOf(Decision.Execute.class);
  }

  @Test
  void theJoinEndsWithTheLastMemberAlsoWhenThatWasRunningAStatement() {
    take(drop(SECOND));
    take(alter(FIRST));
    assertThat(state.core().inFlight()).isNotNull();

    take(new Input.MemberLeaves(FIRST));

    assertThat(state.core().inFlight()).isNull();
    assertThat(state.core().joined()).isNull();
    assertThat(state.target()).isEqualTo(OLD);
  }

  @Test
  void whoLeftIsKeptInTheGroupsRecord() {
    take(drop(SECOND));
    take(new Input.SourceForgotten("s1"));

    GroupState read =
        GroupJson.read(GroupJson.write(state, SchemaTexts.INLINE), SchemaTexts.INLINE);

    assertThat(read.core().departed()).isEqualTo(state.core().departed());
    assertThat(read.core().departed().ended()).containsExactly(SECOND);
    assertThat(read.core().departed().forgotten()).containsExactly("s1");
  }

  @Test
  void rowsOfAForgottenSourceAreNotEmptiedByTheTruncateOfAnUnmergedTable() {
    take(new Input.SourceForgotten("s2"));
    take(Input.SourceStated.of("s2", List.of()));

    assertThat(take(truncate()).decisions().get(FIRST)).isInstanceOf(Decision.Skip.class);
  }

  @Test
  void aForgottenSourceThatNeverHadTheTableHoldsNoTruncateBack() {
    state =
        Decider.decide(
                GroupState.start(
                    GroupConfig.of(
                        new TableId("shop", "orders"), GroupMode.OPTIMISTIC, List.of("s1", "s2")),
                    OLD),
                List.of(
                    Input.SourceStated.of("s1", List.of(FIRST.table())),
                    Input.SourceStated.of("s2", List.of()),
                    new Input.MemberJoins(FIRST, OLD)))
            .state();
    take(new Input.SourceForgotten("s2"));

    assertThat(take(truncate()).decisions().get(FIRST)).isInstanceOf(Decision.Execute.class);
  }

  private static Input truncate() {
    return new Input.RequestArrives(
        DdlRequest.of(
                "truncate",
                FIRST,
                DdlKind.TRUNCATE_TABLE,
                List.of("TRUNCATE TABLE `shop`.`orders`"),
                OLD,
                OLD)
            .withMerged(false));
  }

  private Outcome take(Input input) {
    Outcome outcome = Decider.decide(state, input);
    state = outcome.state();
    return outcome;
  }

  private static GroupState twoMembers() {
    GroupState group =
        GroupState.start(
            GroupConfig.of(
                new TableId("shop", "orders"), GroupMode.PESSIMISTIC, List.of("s1", "s2")),
            OLD);
    return Decider.decide(
            group,
            List.of(
                Input.SourceStated.of("s1", List.of(FIRST.table())),
                Input.SourceStated.of("s2", List.of(SECOND.table())),
                new Input.MemberJoins(FIRST, OLD),
                new Input.MemberJoins(SECOND, OLD)))
        .state();
  }

  private static Input alter(MemberId member) {
    String sql = "ALTER TABLE `shop`.`orders` ADD COLUMN note INT";
    return new Input.RequestArrives(
        DdlRequest.of("alter " + member, member, DdlKind.ALTER_TABLE, List.of(sql), OLD, NEW));
  }

  private static Input takeOut(MemberId member) {
    return new Input.OperatorActs(
        new OperatorAction("out", Exit.DROP_MEMBER, member, List.of(), null, "alice", 1));
  }

  private static Input drop(MemberId member) {
    return new Input.RequestArrives(
        DdlRequest.of("drop " + member, member, DdlKind.DROP_TABLE, List.of(), OLD, null));
  }
}
