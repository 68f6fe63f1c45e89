package io.dmconnect.model.coordination;

/** The rules of a mode, for one state of a group. */
interface Rules {

  /** What is to be done about a request now. */
  Verdict verdict(Pending pending);

  /** The rules of the group's mode. */
  static Rules of(GroupState state) {
    return switch (state.config().mode()) {
      case PESSIMISTIC -> new PessimisticRules(state);
      case OPTIMISTIC, OPTIMISTIC_STRICT -> new OptimisticRules(state);
    };
  }
}
