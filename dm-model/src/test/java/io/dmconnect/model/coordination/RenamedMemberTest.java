package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of a shard is known of it under the name that it gets within its group. */
class RenamedMemberTest {
  private static final TableSchema BOTH = table("id bigint not null; b int; primary key (id)");
  private static final TableSchema ONLY_ID = table("id bigint not null; primary key (id)");
  private static final TableSchema MORE =
      table("id bigint not null; b int; c int; primary key (id)");
  private static final MemberId ONE = MemberId.of("s", "shop", "orders_1");
  private static final MemberId RENAMED = MemberId.of("s", "shop", "orders_9");
  private static final MemberId TWO = MemberId.of("s", "shop", "orders_2");

  private GroupState state =
      GroupState.start(
          GroupConfig.of(new TableId("shop", "orders"), GroupMode.OPTIMISTIC, List.of()), BOTH);

  /** How the shard goes past its rename. */
  private enum Past {
    BY_RULE,
    BY_OPERATOR
  }

  @ParameterizedTest
  @EnumSource(Past.class)
  void aColumnThatItDroppedIsRememberedUnderItsNewName(Past past) {
    decide(new Input.MemberJoins(ONE, BOTH));
    decide(new Input.MemberJoins(TWO, BOTH));
    alter("drop", ONE, BOTH, ONLY_ID);

    rename(past);

    assertThat(state.members()).containsOnlyKeys(TWO, RENAMED);
    assertThat(alter("add", RENAMED, ONLY_ID, BOTH))
        .isInstanceOfSatisfying(
            Decision.Wait.class,
            wait -> assertThat(wait.waitsFor()).containsExactly(TWO.toString()));
  }

  private void rename(Past past) {
    if (past == Past.BY_RULE) {
      decide(new Input.RequestArrives(renameRequest()));
      return;
    }

    Decision.Execute other = (Decision.Execute) alter("more", TWO, BOTH, MORE);
    decide(new Input.RequestArrives(renameRequest()));
    decide(
        new Input.OperatorActs(
            new OperatorAction("a", Exit.SKIP, ONE, List.of(), null, "alice", 1)));
    decide(new Input.ExecutionReported(TWO, other.executionId(), 1, null, null));
  }

  private static DdlRequest renameRequest() {
    return new DdlRequest(
        "rename",
        ONE,
        DdlKind.RENAME_TABLE,
        List.of(),
        ONLY_ID,
        ONLY_ID,
        new TreeMap<>(),
        new TreeSet<>(),
        RENAMED);
  }

  private Decision alter(String id, MemberId member, TableSchema before, TableSchema after) {
    List<String> sql = List.of("ALTER TABLE `shop`.`orders` " + id);
    DdlRequest request = DdlRequest.of(id, member, DdlKind.ALTER_TABLE, sql, before, after);
    return decide(new Input.RequestArrives(request)).decisions().get(member);
  }

  private Outcome decide(Input input) {
    Outcome outcome = Decider.decide(state, input);
    state = outcome.state();
    return outcome;
  }
}
