package io.dmconnect.model.coordination;

import static io.dmconnect.model.join.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdleClassTest {
  private static final TableId TARGET = new TableId("shop", "orders");
  private static final TableSchema OLD = table("id bigint not null; primary key (id)");
  private static final TableSchema NEW = table("id bigint not null; note int; primary key (id)");
  private static final int MEMBERS = 50;

  @Test
  void theShardsThatFollowAreDoneAtOnce() {
    Outcome first = Decider.decide(group(OLD), arrives(0, OLD, NEW));
    GroupState added = reported(first.state());

    Outcome others =
        Decider.decide(
            added, IntStream.range(1, MEMBERS).mapToObj(i -> arrives(i, OLD, NEW)).toList());

    assertThat(others.state().pending()).isEmpty();
    assertThat(others.state().core().inFlight()).isNull();
    assertThat(others.decisions()).hasSize(MEMBERS - 1);
    assertThat(others.decisions().values()).allMatch(d -> d instanceof Decision.Skip);
    assertThat(others.state().members().values()).allMatch(m -> m.schema().equals(NEW));
  }

  @Test
  void theLastShardIsTheOneThatChangesTheMergedTable() {
    Outcome outcome =
        Decider.decide(
            group(NEW), IntStream.range(0, MEMBERS).mapToObj(i -> arrives(i, NEW, OLD)).toList());

    assertThat(outcome.state().pending()).containsOnlyKeys(member(MEMBERS - 1));
    assertThat(outcome.state().core().inFlight().executor()).isEqualTo(member(MEMBERS - 1));
    assertThat(outcome.state().core().inFlight().plan().statements())
        .singleElement()
        .asString()
        .contains("DROP COLUMN `note`");
    assertThat(reported(outcome.state()).target().column("note")).isEmpty();
  }

  @Test
  void oneByOneLeadsToTheSame() {
    List<Input> inputs = new ArrayList<>();
    IntStream.range(0, MEMBERS).forEach(i -> inputs.add(arrives(i, NEW, OLD)));
    GroupState single = group(NEW);
    for (Input input : inputs) {
      single = Decider.decide(single, input).state();
    }

    GroupState together = Decider.decide(group(NEW), inputs).state();

    assertThat(together.members()).isEqualTo(single.members());
    assertThat(together.target()).isEqualTo(single.target());
    assertThat(together.core().history()).isEqualTo(single.core().history());
    assertThat(together.core().inFlight().plan()).isEqualTo(single.core().inFlight().plan());
  }

  private static GroupState group(TableSchema schema) {
    GroupState empty =
        GroupState.start(GroupConfig.of(TARGET, GroupMode.OPTIMISTIC, List.of()), null);
    List<Input> joins = new ArrayList<>();
    IntStream.range(0, MEMBERS).forEach(i -> joins.add(new Input.MemberJoins(member(i), schema)));
    GroupState created = reported(Decider.decide(empty, joins).state());
    assertThat(created.members()).hasSize(MEMBERS);
    assertThat(created.pending()).isEmpty();
    return created;
  }

  private static GroupState reported(GroupState state) {
    Execution execution = state.core().inFlight();
    int statements = execution.plan().statements().size();
    return Decider.decide(
            state,
            new Input.ExecutionReported(
                execution.executor(), execution.id(), statements, null, null))
        .state();
  }

  private static Input arrives(int number, TableSchema before, TableSchema after) {
    return new Input.RequestArrives(
        DdlRequest.of(
            "r" + number,
            member(number),
            DdlKind.ALTER_TABLE,
            List.of("ALTER TABLE `shop`.`orders` CHANGES"),
            before,
            after));
  }

  private static MemberId member(int number) {
    return MemberId.of("s", "shop", String.format("orders_%03d", number));
  }
}
