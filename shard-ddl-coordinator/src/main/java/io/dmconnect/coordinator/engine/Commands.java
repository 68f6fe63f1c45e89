package io.dmconnect.coordinator.engine;

import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.Outcome;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes operators' commands through the decider. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /**
   * What a command leads to. One that the decider fails on changes nothing and is noted so, that it
   * is over with its audit entry and keeps no other command back.
   */
  static Outcome outcome(
      GroupState state, OperatorAction action, BiFunction<GroupState, Input, Outcome> decider) {
    try {
      return decider.apply(state, new Input.OperatorActs(action));
    } catch (RuntimeException e) {
      LOG.error("{}: the decider fails on {}", state.config().target(), action, e);
      String note =
          action.exit()
              + " on "
              + state.config().target()
              + " is not carried out because the decider fails on it: "
              + e
              + "; use another way out, and report the stack trace in the coordinator's log";
      return new Outcome(state, new TreeMap<>(), List.of(note));
    }
  }

  private Commands() {}
}
