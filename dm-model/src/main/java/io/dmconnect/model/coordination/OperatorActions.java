package io.dmconnect.model.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Carries out an operator's commands. */
final class OperatorActions {

  static void act(Evaluation evaluation, OperatorAction action) {
    GroupState state = evaluation.state();
    if (state.core().actions().contains(action.id())) {
      return;
    }

    evaluation.state(state.withCore(state.core().withAction(action.id())));
    boolean onGroup =
        action.member() == null
            && (action.exit() == Exit.EXECUTE
                || action.exit() == Exit.SKIP
                || action.exit() == Exit.REPLACE);
    if (onGroup) {
      HeldFailure.act(evaluation, action);
      return;
    }

    switch (action.exit()) {
      case EXECUTE, REPLACE -> order(evaluation, action);
      case SKIP -> skip(evaluation, action);
      case DROP_MEMBER -> drop(evaluation, action);
      case ADD_MEMBER -> add(evaluation, action);
      case SET_SCHEMA, RESET_SCHEMA -> schema(evaluation, action);
      case RELEASE -> release(evaluation);
    }
  }

  private static void order(Evaluation evaluation, OperatorAction action) {
    if (action.exit() == Exit.REPLACE && action.statements().isEmpty()) {
      evaluation.note("There are no statements to replace those of " + action.member() + " by");
      return;
    }

    Pending pending = pending(evaluation, action);
    if (pending == null) {
      return;
    }

    evaluation.state(
        evaluation.state().withPending(pending.withOrder(action.exit(), action.statements())));
  }

  private static void skip(Evaluation evaluation, OperatorAction action) {
    Pending pending = pending(evaluation, action);
    if (pending == null) {
      return;
    }

    evaluation.state(Completion.skip(evaluation.state(), pending));
    evaluation.give(
        action.member(),
        new Decision.Skip(
            pending.request().id(), RowFit.PASSED_OVER, "An operator had it skipped"));
    Execution execution = evaluation.state().core().inFlight();
    if (execution != null && execution.executor().equals(action.member())) {
      // What it ran for the group is no longer what it is told.
      Decider.handOver(evaluation, execution);
    }
  }

  private static void drop(Evaluation evaluation, OperatorAction action) {
    GroupState state = evaluation.state();
    MemberId member = action.member();
    if (member == null || !isKnown(state, member)) {
      evaluation.note("There is no member " + member);
      return;
    }

    Departed departed = state.core().departed();
    NavigableSet<MemberId> dropped = new TreeSet<>(departed.dropped());
    dropped.add(member);
    evaluation.state(state.withCore(state.core().withDeparted(departed.withDropped(dropped))));
    Decider.takeOut(evaluation, member);
  }

  /** Also a table that was only told: dropped, it is no longer waited for. */
  private static boolean isKnown(GroupState state, MemberId member) {
    NavigableSet<TableId> stated = state.stated().get(member.source());
    return state.members().containsKey(member)
        || state.pending().containsKey(member)
        || (stated != null && stated.contains(member.table()));
  }

  private static void add(Evaluation evaluation, OperatorAction action) {
    if (action.member() == null || action.schema() == null) {
      evaluation.note("Adding a member needs its name and its schema");
      return;
    }

    GroupState state = evaluation.state();
    Pending pending = state.pending().get(action.member());
    if (pending != null && !pending.request().isAnnouncement()) {
      evaluation.note(
          action.member()
              + " waits with a change of its own ("
              + Together.statements(pending)
              + "); execute, skip or replace that, or drop the member, before it is added");
      return;
    }

    Departed departed = state.core().departed();
    NavigableSet<MemberId> dropped = new TreeSet<>(departed.dropped());
    dropped.remove(action.member());
    departed = departed.withDropped(dropped).withoutGone(action.member());
    evaluation.state(state.withCore(state.core().withDeparted(departed)));
    Decider.joins(evaluation, action.member(), action.schema());
  }

  /** What the member waits with, and its next change, are taken from there. */
  private static void schema(Evaluation evaluation, OperatorAction action) {
    GroupState state = evaluation.state();
    Member member = action.member() == null ? null : state.members().get(action.member());
    if (member == null) {
      evaluation.note("There is no member " + action.member());
    } else if (action.schema() == null) {
      evaluation.note("The schema of " + member.id() + " is not known to its sink");
    } else {
      TableSchema schema = state.intern(action.schema());
      evaluation.state(state.withMember(member.withSchemas(schema, schema)));
    }
  }

  private static void release(Evaluation evaluation) {
    GroupState state = evaluation.state();
    NavigableMap<MemberId, Pending> pending = new TreeMap<>();
    state.pending().forEach((id, one) -> pending.put(id, one.withOrder(null, one.replacement())));
    Execution execution = state.core().inFlight();
    if (execution != null) {
      giveUp(evaluation, execution);
    }

    state = evaluation.state();
    evaluation.state(state.withPending(pending).withCore(state.core().withHeld(null, null)));
  }

  /** It may run all the same, and counts when it has; something else can be decided now. */
  private static void giveUp(Evaluation evaluation, Execution execution) {
    GroupState state = evaluation.state();
    GroupCore core = state.core();
    Unfinished begun = Unfinished.of(state, execution, Unfinished.Standing.RELEASED);
    core = core.withUnfinished(Unfinished.with(core.unfinished(), begun));
    evaluation.state(state.withCore(core.withInFlight(null)));
  }

  private static Pending pending(Evaluation evaluation, OperatorAction action) {
    GroupState state = evaluation.state();
    Pending pending = action.member() == null ? null : state.pending().get(action.member());
    Execution execution = state.core().inFlight();
    if (pending == null) {
      evaluation.note(action.member() + " waits for nothing");
      return null;
    }

    if (action.request() != null && !action.request().equals(pending.request().id())) {
      evaluation.note(
          action.member()
              + " waits at "
              + pending.request().id()
              + " by now, no longer at "
              + action.request());
      return null;
    }

    boolean running =
        execution != null
            && execution.requestId() != null
            && execution.plan().completes().contains(action.member());
    if (running && action.exit() == Exit.EXECUTE) {
      evaluation.note(action.member() + " is in an execution under way");
      return null;
    }

    if (running) {
      giveUp(evaluation, execution);
    }

    return pending;
  }

  private OperatorActions() {}
}
