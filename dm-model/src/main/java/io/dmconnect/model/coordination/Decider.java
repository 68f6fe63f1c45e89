package io.dmconnect.model.coordination;

import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The decisions of a shard group: a pure and total function of the group's state and what happened.
 * Nothing is read or written; an input that arrives twice, or belongs to something long done, leads
 * to the same decision again and changes nothing.
 */
public final class Decider {

  /** What an input leads to. */
  public static Outcome decide(GroupState state, Input input) {
    return decide(state, List.of(input));
  }

  /**
   * What several inputs lead to that came before the group could look at the first: they are taken
   * in their order, then the group goes as far as it gets.
   */
  public static Outcome decide(GroupState state, List<Input> inputs) {
    Evaluation evaluation = new Evaluation(state);
    inputs.forEach(input -> take(evaluation, input));
    evaluation.run();
    return evaluation.outcome();
  }

  private static void take(Evaluation evaluation, Input input) {
    if (input instanceof Input.Configured configured) {
      GroupState state = evaluation.state();
      GroupConfig old = state.config();
      evaluation.state(
          state.withConfig(
              new GroupConfig(
                  old.target(), configured.mode(), configured.expectedSources(), old.problems())));
    } else if (input instanceof Input.Checked checked) {
      GroupState state = evaluation.state();
      GroupConfig old = state.config();
      evaluation.state(
          state.withConfig(
              new GroupConfig(
                  old.target(), old.mode(), old.expectedSources(), checked.problems())));
    } else if (input instanceof Input.SourceStated stated) {
      sourceStated(evaluation, stated);
    } else if (input instanceof Input.SourceForgotten forgotten) {
      sourceForgotten(evaluation, forgotten.source());
    } else if (input instanceof Input.MemberJoins joins) {
      if (!evaluation.state().core().departed().gone().contains(joins.member())) {
        joins(evaluation, joins.member(), joins.schema());
      }
    } else if (input instanceof Input.MemberLeaves leaves) {
      leave(evaluation, leaves.member());
      ended(evaluation, leaves.member());
    } else if (input instanceof Input.RequestArrives arrives) {
      arrives(evaluation, arrives.request());
    } else if (input instanceof Input.ExecutionReported reported) {
      reported(evaluation, reported);
    } else if (input instanceof Input.OperatorActs acts) {
      OperatorActions.act(evaluation, acts.action());
    }
  }

  private static void sourceStated(Evaluation evaluation, Input.SourceStated input) {
    GroupState state = evaluation.state().withStated(input.source(), input.tables());
    Departed departed =
        state
            .core()
            .departed()
            .withoutForgotten(input.source())
            .current(state.members().keySet(), state.stated());
    evaluation.state(state.withCore(state.core().withDeparted(departed)));
  }

  private static void sourceForgotten(Evaluation evaluation, String source) {
    GroupState state = evaluation.state().withStated(source, new TreeSet<>());
    Departed departed =
        state
            .core()
            .departed()
            .current(state.members().keySet(), state.stated())
            .withForgotten(source, state.members().keySet());
    evaluation.state(state.withCore(state.core().withDeparted(departed)));
    NavigableSet<MemberId> known = new TreeSet<>(state.members().keySet());
    known.addAll(state.pending().keySet());
    for (MemberId member : known) {
      if (member.source().equals(source)) {
        takeOut(evaluation, member);
      }
    }
  }

  /**
   * Takes a member out that an operator does not want in the group. It goes past what it waits at,
   * or past what it was let past before and may not have seen, and learns that it is out.
   */
  static void takeOut(Evaluation evaluation, MemberId id) {
    GroupState state = evaluation.state();
    Pending pending = state.pending().get(id);
    Member member = state.members().get(id);
    List<String> done = member == null ? List.of() : member.done();
    String last = done.isEmpty() ? null : done.get(done.size() - 1);
    String request = pending == null ? last : pending.request().id();
    leave(evaluation, id);
    String reason = evaluation.state().core().departed().passedOver(id);
    evaluation.give(id, new Decision.Skip(request, RowFit.OUT, reason));
  }

  private static void ended(Evaluation evaluation, MemberId member) {
    GroupState state = evaluation.state();
    Departed departed =
        state
            .core()
            .departed()
            .withEnded(List.of(member))
            .current(state.members().keySet(), state.stated());
    evaluation.state(state.withCore(state.core().withDeparted(departed)));
  }

  /** A table without a DDL: a request nobody waits for. */
  static void joins(Evaluation evaluation, MemberId member, TableSchema schema) {
    GroupState state = evaluation.state();
    if (!state.members().containsKey(member)) {
      arrives(evaluation, DdlRequest.joins(member, schema));
    }
  }

  /** Takes a member out; what it was running is handed to another. */
  static void leave(Evaluation evaluation, MemberId member) {
    GroupState state = evaluation.state();
    NavigableMap<MemberId, Member> members = new TreeMap<>(state.members());
    members.remove(member);
    GroupState next = state.withMembers(members).withoutPending(member);
    Execution execution = state.core().inFlight();
    evaluation.state(next.withJoinOfMembersOnly());
    if (execution != null && execution.executor().equals(member)) {
      handOver(evaluation, execution);
    }
  }

  /** Gives an execution to another member, to the same one only when no other can run it. */
  static void handOver(Evaluation evaluation, Execution execution) {
    GroupState state = evaluation.state();
    NavigableSet<MemberId> candidates = new TreeSet<>(execution.plan().completes());
    candidates.retainAll(state.pending().keySet());
    if (candidates.isEmpty()) {
      candidates.addAll(state.members().keySet());
    }

    if (candidates.isEmpty()) {
      GroupState rest = state.withCore(state.core().withInFlight(null));
      evaluation.state(rest.withJoinOfMembersOnly());
      evaluation.note("Execution " + execution.id() + " was given up: no member is left");
      return;
    }

    MemberId executor =
        candidates.stream()
            .filter(member -> !member.equals(execution.executor()))
            .findFirst()
            .orElse(candidates.first());
    Pending pending = state.pending().get(executor);
    boolean own = pending != null && execution.plan().completes().contains(executor);
    Execution moved = execution.by(executor, own ? pending.request().id() : null);
    evaluation.state(state.withCore(state.core().withInFlight(moved)));
    evaluation.give(executor, moved.decision());
    if (pending != null) {
      evaluation.state(evaluation.state().withPending(pending.withDecision(moved.decision())));
    }
  }

  private static void arrives(Evaluation evaluation, DdlRequest request) {
    GroupState state = evaluation.state();
    MemberId id = request.member();
    Member member = state.members().get(id);
    String passedOver = state.core().departed().passedOver(id);
    if (passedOver != null) {
      evaluation.give(id, new Decision.Skip(request.id(), RowFit.OUT, passedOver));
      return;
    }

    if (member != null && member.done().contains(request.id())) {
      Execution execution = state.core().inFlight();
      boolean executes = execution != null && execution.executor().equals(id);
      evaluation.give(id, executes ? execution.decision() : doneBefore(member, request));
      return;
    }

    Pending known = state.pending().get(id);
    if (known != null && known.request().id().equals(request.id())) {
      if (request.rowMove().isByStatement() && request.rowMove() != known.request().rowMove()) {
        Pending moved = known.withRequest(known.request().withRowMove(request.rowMove()));
        evaluation.state(state.withPending(moved));
      } else if (known.decision() != null) {
        evaluation.give(id, known.decision());
      }

      return;
    }

    leaveBehind(evaluation, known, request);
    resume(evaluation, request);
    state = evaluation.state();
    DdlRequest interned =
        request.withSchemas(state.intern(request.before()), state.intern(request.after()));
    GroupState next = state.withPending(Pending.of(interned, state.core().sequence()));
    evaluation.state(next.withCore(next.core().nextSequence()));
  }

  private static Decision doneBefore(Member member, DdlRequest request) {
    boolean asItIs = member.seen().equals(member.schema());
    RowFit fit = asItIs ? RowFit.FITS : RowFit.PASSED_OVER;
    return new Decision.Skip(request.id(), fit, "Done before");
  }

  /** A member that comes with its next request has done the one before. */
  private static void leaveBehind(Evaluation evaluation, Pending known, DdlRequest request) {
    if (known == null) {
      return;
    }

    GroupState state = evaluation.state();
    Execution execution = state.core().inFlight();
    boolean ran =
        execution != null
            && execution.executor().equals(known.member())
            && execution.plan().completes().contains(known.member());
    boolean past = SchemaComparison.equal(known.request().after(), request.before());
    if (ran && past) {
      evaluation.complete(execution.plan(), null, execution.reason());
      return;
    }

    evaluation.state(state.withoutPending(known.member()));
    if (execution != null && execution.executor().equals(known.member())) {
      handOver(evaluation, execution);
    }
  }

  /** Takes over what a request says about its member's present schema. */
  private static void resume(Evaluation evaluation, DdlRequest request) {
    GroupState state = evaluation.state();
    if (request.before() == null) {
      return;
    }

    TableSchema before = state.intern(request.before());
    Member member = state.members().get(request.member());
    if (member == null) {
      evaluation.state(state.withMember(Member.of(request.member(), before)));
    } else if (!SchemaComparison.equal(member.schema(), before)) {
      boolean asItIs = member.seen().equals(member.schema());
      evaluation.state(
          state.withMember(member.withSchemas(before, asItIs ? before : member.seen())));
      evaluation.note(
          "The schema of " + member.id() + " before its DDL is not the one known; taken over");
    }
  }

  private static void reported(Evaluation evaluation, Input.ExecutionReported report) {
    GroupState state = evaluation.state();
    Execution execution = state.core().inFlight();
    if (execution == null || !execution.id().equals(report.executionId())) {
      reportedLate(evaluation, report);
      return;
    }

    if (report.error() == null) {
      evaluation.complete(execution.plan(), report.observed(), execution.reason());
      return;
    }

    if (!execution.executor().equals(report.member())) {
      // Handed over since; who runs it now tells what becomes of it.
      return;
    }

    TableSchema known = execution.plan().targetAfter(report.executed());
    TableSchema target = report.observed() == null ? known : report.observed();
    GroupCore core = state.core().withInFlight(null);
    boolean moved = target != null && report.executed() > 0;
    if (moved) {
      core = core.withMoved(target, core.joined());
    }

    if (!moved || known == null) {
      Unfinished begun = Unfinished.of(state.withCore(core), execution, Unfinished.Standing.FAILED);
      core = core.withUnfinished(Unfinished.with(core.unfinished(), begun));
    }

    GroupState next = state.withCore(core);
    Pending pending = next.pending().get(execution.executor());
    boolean own = pending != null && execution.requestId() != null;
    next =
        own
            ? next.withPending(pending.withFailure(report.error()))
            : next.withCore(core.withHeld(execution.plan().joined(), report.error()));
    evaluation.state(next);
    if (!own) {
      evaluation.note("The merged table could not be brought to the join: " + report.error());
    }
  }

  /** What was given up has run all the same, or in part: it counts once nothing else runs. */
  private static void reportedLate(Evaluation evaluation, Input.ExecutionReported report) {
    GroupState state = evaluation.state();
    Unfinished begun = state.core().unfinished(report.executionId());
    if (begun == null || begun.executed() > 0) {
      return;
    }

    // A later attempt may go on where an earlier one ended.
    boolean last = begun.execution().id().equals(report.executionId());
    if (report.error() != null && !last) {
      return;
    }

    int all = begun.execution().plan().statements().size();
    Unfinished ended = begun.ended(report.error() == null ? all : report.executed());
    if (ended.ran() || ended.cut() != null) {
      List<Unfinished> known = Unfinished.with(state.core().unfinished(), ended);
      evaluation.state(state.withCore(state.core().withUnfinished(known)));
    } else if (begun.isLeft()) {
      List<Unfinished> others = Unfinished.without(state.core().unfinished(), begun);
      evaluation.state(state.withCore(state.core().withUnfinished(others)));
    }
  }

  private Decider() {}
}
