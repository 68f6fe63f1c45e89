package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Hold;
import io.dmconnect.model.coordination.Verdict.Stay;
import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings a group as far as it gets: until an execution is under way or every request waits. */
final class Evaluation {
  private static final Set<Exit> TURN_EXITS = EnumSet.of(Exit.RELEASE, Exit.DROP_MEMBER);
  private static final Set<Exit> EXITS =
      EnumSet.of(Exit.EXECUTE, Exit.SKIP, Exit.REPLACE, Exit.DROP_MEMBER);

  private GroupState state;
  private final NavigableMap<MemberId, Decision> decisions = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  Evaluation(GroupState state) {
    this.state = state;
  }

  GroupState state() {
    return state;
  }

  void state(GroupState newState) {
    state = newState;
  }

  void note(String text) {
    notes.add(text);
  }

  /** Gives a decision that does not belong to a pending request. */
  void give(MemberId member, Decision decision) {
    decisions.put(member, decision);
  }

  Outcome outcome() {
    return new Outcome(state, decisions, notes);
  }

  void run() {
    boolean moved = true;
    while (moved) {
      state = state.withJoinOfMembersOnly();
      moved = state.core().inFlight() == null && (finishLate() || (!settle() && step()));
    }

    if (state.core().inFlight() != null) {
      waitForTurn();
    }

    forget();
  }

  /** Takes over what was given up and is known to have run since, all of it or in part. */
  private boolean finishLate() {
    for (Unfinished one : state.core().unfinished()) {
      TableSchema cut = one.cut();
      if (cut != null) {
        takeOver(one, cut);
        return true;
      }

      Plan plan = one.late(state);
      if (plan != null) {
        complete(plan, null, one.execution().reason());
        note("Execution " + one.execution().id() + " was given up, but has run");
        return true;
      }

      if (one.ran() && (one.isLeft() || !one.requests().isEmpty())) {
        takeOver(one, one.execution().plan().target());
        return true;
      }
    }

    return false;
  }

  /** What follows begins where it was cut, or behind it when all of it ran for nobody. */
  private void takeOver(Unfinished one, TableSchema target) {
    List<Unfinished> others = Unfinished.without(state.core().unfinished(), one);
    GroupCore core = state.core().withUnfinished(others);
    state = state.withCore(core.withMoved(target, core.joined()));
    note(
        "Execution "
            + one.execution().id()
            + " was given up after "
            + one.executed()
            + " of its "
            + one.execution().plan().statements().size()
            + " statements");
  }

  /** Executions that did not end well, nobody can decide again, and that do not run any more. */
  private void forget() {
    List<Unfinished> all = state.core().unfinished();
    if (all.isEmpty()) {
      return;
    }

    Set<String> waiting = new HashSet<>();
    state.pending().values().forEach(pending -> waiting.add(pending.request().id()));
    List<Unfinished> left =
        all.stream()
            .map(one -> one.matters(state, waiting) ? one : one.left())
            .filter(one -> one != null)
            .toList();
    state = state.withCore(state.core().withUnfinished(left));
  }

  /** Completes a plan that has run, and lets its members go on. */
  void complete(Plan plan, TableSchema observed, String reason) {
    NavigableMap<MemberId, Pending> pending = state.pending();
    state = Completion.apply(state, plan, observed);
    for (MemberId member : plan.completes()) {
      Pending one = pending.get(member);
      if (one != null) {
        decisions.put(member, new Decision.Skip(one.request().id(), fit(one), reason));
      }
    }
  }

  /** Only an operator has a member go past what the merged table does not follow. */
  private RowFit fit(Pending pending) {
    TableSchema after = pending.request().after();
    TableSchema joined = state.core().joined();
    boolean ordered = pending.order() != null && after != null && joined != null;
    return ordered && !Completion.isWithin(after, joined) ? RowFit.PASSED_OVER : RowFit.FITS;
  }

  /** Runs what the members that left or came without a request make necessary. */
  private boolean settle() {
    boolean optimistic = state.config().mode() != GroupMode.PESSIMISTIC;
    boolean none = state.members().isEmpty() || state.core().joined() == null;
    if (!optimistic || none || isJoined()) {
      return false;
    }

    Plan plan = Planner.plan(state, List.of()).plan();
    if (plan == null || SchemaComparison.equal(plan.joined(), state.core().joined())) {
      return false;
    }

    if (plan.statements().isEmpty()) {
      state = Completion.apply(state, plan, null);
      return false;
    }

    if (plan.joined().equals(state.core().heldGoal())) {
      return false;
    }

    start(plan, executor(), null, "Keeps the merged table at the join");
    return true;
  }

  /** Whether a table comes next, which may have what the members alone have given up. */
  private boolean isJoined() {
    Rules rules = Rules.of(state);
    return state.pending().values().stream()
        .filter(pending -> pending.request().creates())
        .anyMatch(pending -> Orders.verdict(state, pending, rules) instanceof Go);
  }

  /** Carries out the first request that can go on; false when there is none. */
  private boolean step() {
    Rules rules = Rules.of(state);
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    Map<String, Pending> firsts = new HashMap<>();
    Map<MemberId, String> classes = new HashMap<>();
    for (Pending pending : state.byArrival()) {
      String key = RequestClass.key(state, pending);
      classes.put(pending.member(), key);
      if (!verdicts.containsKey(key)) {
        Verdict verdict = Orders.verdict(state, pending, rules);
        if (verdict instanceof Go go) {
          carryOut(pending, go);
          return true;
        }

        verdicts.put(key, verdict);
        firsts.put(key, pending);
      }
    }

    WaitCycles.resolve(verdicts, firsts, classes);
    List<Pending> changed = new ArrayList<>();
    Map<String, Decision> wording = new HashMap<>();
    for (Pending pending : state.pending().values()) {
      Verdict verdict = verdicts.get(classes.get(pending.member()));
      Decision decision =
          wording.computeIfAbsent(classes.get(pending.member()), key -> worded(pending, verdict));
      Decision own = withRequest(decision, pending.request().id());
      if (!own.equals(pending.decision())) {
        changed.add(pending.withDecision(own));
        decisions.put(pending.member(), own);
      }
    }

    keep(changed);
    return false;
  }

  /** A member that is told nothing else by now; a decision it has not seen would be lost. */
  private MemberId executor() {
    return state.members().keySet().stream()
        .filter(member -> !decisions.containsKey(member))
        .findFirst()
        .orElse(state.members().firstKey());
  }

  private void carryOut(Pending pending, Go go) {
    if (go.plan().statements().isEmpty()) {
      complete(IdleClass.widen(state, pending, go.plan()), null, go.reason());
      return;
    }

    boolean own = go.plan().completes().contains(pending.member());
    start(go.plan(), pending.member(), own ? pending.request().id() : null, go.reason());
  }

  /** Begins an execution, or goes on with an earlier one; nobody else's is under way. */
  void start(Plan plan, MemberId executor, String requestId, String reason) {
    String base = requestId == null ? "group:" + state.config().target() : requestId;
    String id = base + "#" + state.core().sequence();
    Unfinished again = Unfinished.again(state, plan);
    String begunAs = again == null ? id : again.execution().begunAs();
    Execution execution = new Execution(id, begunAs, executor, requestId, plan, reason);
    List<Unfinished> others = Unfinished.without(state.core().unfinished(), again);
    state = state.withCore(state.core().withUnfinished(others).withInFlight(execution));
    Decision decision = execution.decision();
    decisions.put(executor, decision);
    Pending pending = state.pending().get(executor);
    if (pending != null) {
      keep(List.of(pending.withDecision(decision)));
    }
  }

  private void waitForTurn() {
    Execution execution = state.core().inFlight();
    List<Pending> changed = new ArrayList<>();
    for (Pending pending : state.pending().values()) {
      boolean executes = pending.member().equals(execution.executor());
      boolean stale =
          pending.decision() == null
              || (pending.decision() instanceof Decision.Execute && !executes);
      if (stale && executes) {
        changed.add(pending.withDecision(execution.decision()));
        decisions.put(pending.member(), execution.decision());
      } else if (stale) {
        List<String> executor = List.of(execution.executor().toString());
        Decision wait =
            new Decision.Wait(
                pending.request().id(), "Another execution is under way", executor, TURN_EXITS);
        changed.add(pending.withDecision(wait));
        decisions.put(pending.member(), wait);
      }
    }

    keep(changed);
  }

  private void keep(List<Pending> changed) {
    if (!changed.isEmpty()) {
      NavigableMap<MemberId, Pending> pending = new TreeMap<>(state.pending());
      changed.forEach(one -> pending.put(one.member(), one));
      state = state.withPending(pending);
    }
  }

  private Decision worded(Pending pending, Verdict verdict) {
    boolean strict = state.config().mode() == GroupMode.OPTIMISTIC_STRICT;
    if (verdict instanceof Hold hold) {
      String id = pending.request().id();
      return new Decision.Wait(id, hold.reason(), List.copyOf(hold.missing()), EXITS);
    }

    if (verdict instanceof Stay stay) {
      NavigableSet<String> waitsFor = new TreeSet<>(stay.unknown());
      stay.members().forEach(member -> waitsFor.add(member.toString()));
      String id = pending.request().id();
      return strict
          ? new Decision.Conflict(
              id, stay.reason(), Together.statements(pending), null, EXITS, true)
          : new Decision.Wait(id, stay.reason(), List.copyOf(waitsFor), EXITS);
    }

    Clash clash = (Clash) verdict;
    return new Decision.Conflict(
        pending.request().id(), clash.reason(), clash.mine(), clash.theirs(), EXITS, strict);
  }

  private static Decision withRequest(Decision decision, String requestId) {
    if (decision instanceof Decision.Wait wait) {
      return new Decision.Wait(requestId, wait.reason(), wait.waitsFor(), wait.exits());
    }

    Decision.Conflict conflict = (Decision.Conflict) decision;
    return new Decision.Conflict(
        requestId,
        conflict.reason(),
        conflict.mine(),
        conflict.theirs(),
        conflict.exits(),
        conflict.stopsTask());
  }
}
