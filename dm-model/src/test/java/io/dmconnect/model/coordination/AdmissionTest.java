package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {
  private static final TableSchema SCHEMA = table("id bigint not null; primary key (id)");
  private static final MemberId FIRST = MemberId.of("s1", "shop", "orders");
  private static final MemberId SECOND = MemberId.of("s2", "shop", "orders");
  private static final StartProblem UNKNOWN =
      StartProblem.unknown("not known", new TreeSet<>(List.of("source s2")));
  private static final StartProblem CLASH = StartProblem.clash("differ", "a int", "a double");

  private GroupState state;

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void theFirstTableWaitsForWhatIsNotKnownYetInEveryMode(GroupMode mode) {
    group(mode);
    take(new Input.Checked(List.of(UNKNOWN)));

    assertThat(take(create(FIRST)).decisions().get(FIRST))
        .isInstanceOfSatisfying(
            Decision.Wait.class, wait -> assertThat(wait.waitsFor()).containsExactly("source s2"));
  }

  @Test
  void aPrecheckThatFailedIsAConflictWithBothSides() {
    group(GroupMode.OPTIMISTIC);
    take(new Input.Checked(List.of(CLASH)));

    assertThat(take(create(FIRST)).decisions().get(FIRST))
        .isInstanceOfSatisfying(
            Decision.Conflict.class,
            conflict -> {
              assertThat(conflict.mine()).isEqualTo("a int");
              assertThat(conflict.theirs()).isEqualTo("a double");
              assertThat(conflict.exits()).contains(Exit.EXECUTE);
            });
  }

  @Test
  void theGroupBeginsOnceTheChecksFindNothing() {
    group(GroupMode.OPTIMISTIC);
    take(new Input.Checked(List.of(CLASH)));
    take(create(FIRST));

    Outcome outcome = take(new Input.Checked(List.of()));

    assertThat(outcome.decisions().get(FIRST)).isInstanceOf(Decision.Execute.class);
  }

  @Test
  void anOperatorCanHaveItBegin() {
    group(GroupMode.OPTIMISTIC);
    take(new Input.Checked(List.of(CLASH)));
    take(create(FIRST));

    OperatorAction execute =
        new OperatorAction("a", Exit.EXECUTE, FIRST, List.of(), null, "alice", 1);

    assertThat(take(new Input.OperatorActs(execute)).decisions().get(FIRST))
        .isInstanceOf(Decision.Execute.class);
  }

  @Test
  void aGroupThatHasBegunIsNotHeldUp() {
    group(GroupMode.OPTIMISTIC);
    take(create(FIRST));
    String execution = state.core().inFlight().id();
    take(new Input.ExecutionReported(FIRST, execution, 1, null, null));
    take(new Input.Checked(List.of(CLASH)));

    assertThat(take(create(SECOND)).decisions().get(SECOND)).isInstanceOf(Decision.Skip.class);
  }

  @Test
  void whatStandsAgainstBeginningIsKeptInTheGroupsRecord() {
    group(GroupMode.OPTIMISTIC);
    take(new Input.Checked(List.of(CLASH, UNKNOWN)));

    GroupState read =
        GroupJson.read(GroupJson.write(state, SchemaTexts.INLINE), SchemaTexts.INLINE);

    assertThat(read.config()).isEqualTo(state.config());
  }

  private void group(GroupMode mode) {
    state =
        GroupState.start(
            GroupConfig.of(new TableId("shop", "orders"), mode, List.of("s1", "s2")), null);
  }

  private Outcome take(Input input) {
    Outcome outcome = Decider.decide(state, input);
    state = outcome.state();
    return outcome;
  }

  private static Input create(MemberId member) {
    String sql = "CREATE TABLE `shop`.`orders` (id BIGINT PRIMARY KEY)";
    return new Input.RequestArrives(
        DdlRequest.of(
            "create " + member, member, DdlKind.CREATE_TABLE, List.of(sql), null, SCHEMA));
  }
}
