package io.dmconnect.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decider;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupConfig;
import io.dmconnect.model.coordination.GroupMode;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static final GroupState STATE =
      GroupState.start(
          GroupConfig.of(new TableId("shop", "orders"), GroupMode.OPTIMISTIC, List.of()), null);
  private static final OperatorAction ACTION =
      new OperatorAction(
          "a", Exit.EXECUTE, MemberId.of("s", "shop", "orders_1"), List.of(), null, "alice", 1);

  @Test
  void aCommandThatTheDeciderFailsOnChangesNothingAndIsNoted() {
    Outcome outcome =
        Commands.outcome(
            STATE,
            ACTION,
            (state, input) -> {
              throw new IllegalStateException("no plan");
            });

    assertThat(outcome.state()).isEqualTo(STATE);
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.notes())
        .singleElement()
        .asString()
        .contains("EXECUTE", "shop.orders", "no plan");
  }

  @Test
  void aCommandThatTheDeciderTakesIsCarriedOut() {
    Outcome outcome = Commands.outcome(STATE, ACTION, Decider::decide);

    assertThat(outcome.notes()).containsExactly("s/shop.orders_1 waits for nothing");
    assertThat(outcome.state().core().actions()).containsExactly("a");
  }
}
