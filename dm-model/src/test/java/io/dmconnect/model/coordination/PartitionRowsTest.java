package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is past a statement that empties a partition, beyond what the decision table plays. */
class PartitionRowsTest {
  private static final TableSchema TABLE =
      new Partitions(1, 2).in(table("id bigint not null; primary key (id)"));
  private static final MemberId ONE = MemberId.of("s", "shop", "orders_1");
  private static final MemberId RENAMED = MemberId.of("s", "shop", "orders_9");
  private static final MemberId TWO = MemberId.of("s", "shop", "orders_2");

  private GroupState state =
      GroupState.start(
          GroupConfig.of(new TableId("shop", "orders"), GroupMode.OPTIMISTIC, List.of()), TABLE);

  @Test
  void aShardThatIsPastTheStatementIsPastItUnderItsNewNameToo() {
    decide(new Input.MemberJoins(ONE, TABLE));
    decide(new Input.MemberJoins(TWO, TABLE));
    truncate(ONE);
    decide(
        new Input.OperatorActs(
            new OperatorAction("a", Exit.SKIP, ONE, List.of(), null, "alice", 1)));

    rename();

    assertThat(state.members()).containsOnlyKeys(TWO, RENAMED);
    assertThat(truncate(TWO))
        .isInstanceOfSatisfying(
            Decision.Conflict.class,
            conflict -> assertThat(conflict.theirs()).isEqualTo("rows of [" + RENAMED + "]"));
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void aTableOfItsOwnExchangesNoRowsWithAMergedOneUnseen(GroupMode mode) {
    state = GroupState.start(GroupConfig.of(new TableId("shop", "orders"), mode, List.of()), TABLE);
    decide(new Input.MemberJoins(ONE, TABLE));
    DdlRequest request = exchange();

    assertThat(request.exchangedWith()).containsExactly(new TableId("a", "b"));
    DdlRequest withOthers = request.withRowMove(RowMove.EXCHANGES_WITH_OTHERS);
    assertThat(decide(new Input.RequestArrives(withOthers)).decisions().get(ONE))
        .isInstanceOf(Decision.Conflict.class);
    decide(
        new Input.OperatorActs(
            new OperatorAction("a", Exit.EXECUTE, ONE, List.of(), null, "alice", 1)));
    assertThat(state.core().inFlight().plan().statements()).isEqualTo(request.statements());
  }

  @ParameterizedTest
  @EnumSource(GroupMode.class)
  void aTableInNoGroupThatAsksIsNoMemberAfterwards(GroupMode mode) {
    state = GroupState.start(GroupConfig.of(new TableId("shop", "orders"), mode, List.of()), TABLE);
    decide(new Input.SourceStated("s", new TreeSet<>(List.of(ONE.table()))));
    DdlRequest request = exchange().asAlone();

    decide(new Input.RequestArrives(request));
    Execution execution = state.core().inFlight();
    assertThat(execution.plan().statements()).isEqualTo(request.statements());
    decide(new Input.ExecutionReported(ONE, execution.id(), 1, null, null));

    assertThat(state.members()).isEmpty();
    assertThat(state.core().departed().gone()).isEmpty();
    assertThat(state.target()).isNull();
  }

  @Test
  void whatATableExchangesRowsWithMayBeKnownToBeMergedWhileItWaits() {
    decide(new Input.MemberJoins(ONE, TABLE));
    DdlRequest request = exchange();
    decide(new Input.SourceStated("s", new TreeSet<>(List.of(ONE.table(), TWO.table()))));
    decide(new Input.RequestArrives(request));
    decide(new Input.SourceStated("s", new TreeSet<>(List.of(ONE.table()))));
    assertThat(state.core().inFlight()).isNotNull();

    state = GroupState.start(state.config(), TABLE);
    decide(new Input.MemberJoins(ONE, TABLE));
    decide(new Input.SourceStated("s", new TreeSet<>(List.of(ONE.table(), TWO.table()))));
    decide(new Input.RequestArrives(request));
    decide(new Input.RequestArrives(request.withRowMove(RowMove.EXCHANGES_WITH_OTHERS)));
    decide(new Input.SourceStated("s", new TreeSet<>(List.of(ONE.table()))));
    assertThat(state.core().inFlight()).isNull();
    assertThat(state.pending().get(ONE).decision()).isInstanceOf(Decision.Conflict.class);
  }

  @Test
  void aTableOfItsOwnExchangesRowsWithAnotherOneAsUpstream() {
    decide(new Input.MemberJoins(ONE, TABLE));
    DdlRequest request = exchange();

    decide(new Input.RequestArrives(request));

    assertThat(state.core().inFlight().plan().statements()).isEqualTo(request.statements());
  }

  private static DdlRequest exchange() {
    List<String> sql =
        List.of("ALTER TABLE `shop`.`orders` EXCHANGE PARTITION p1 WITH TABLE `a`.`b`");
    return DdlRequest.of("exchange", ONE, DdlKind.ALTER_TABLE, sql, TABLE, TABLE)
        .withRowMove(RowMove.EXCHANGES);
  }

  private Decision truncate(MemberId member) {
    List<String> sql = List.of("ALTER TABLE `shop`.`orders` TRUNCATE PARTITION p1");
    DdlRequest request =
        DdlRequest.of("truncate " + member, member, DdlKind.ALTER_TABLE, sql, TABLE, TABLE)
            .withRowMove(RowMove.EMPTIES);
    return decide(new Input.RequestArrives(request)).decisions().get(member);
  }

  private void rename() {
    decide(
        new Input.RequestArrives(
            new DdlRequest(
                "rename",
                ONE,
                DdlKind.RENAME_TABLE,
                List.of(),
                TABLE,
                TABLE,
                new TreeMap<>(),
                new TreeSet<>(),
                RENAMED)));
  }

  private Outcome decide(Input input) {
    Outcome outcome = Decider.decide(state, input);
    state = outcome.state();
    return outcome;
  }
}
