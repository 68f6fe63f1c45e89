package io.dmconnect.coordinator.store;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.DecisionJson;
import io.dmconnect.model.coordination.Execution;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.Member;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.MemberJson;
import io.dmconnect.model.coordination.Outcome;
import io.dmconnect.model.coordination.Pending;
import io.dmconnect.model.coordination.PendingJson;
import io.dmconnect.model.coordination.zk.GroupPaths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which records an outcome changes: the texts by path, null for a record that goes. */
final class Change {
  private final GroupPaths paths;
  private final HashedSchemas schemas;
  private final StoredGroup before;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final NavigableMap<MemberId, Long> since;
  private final NavigableMap<MemberId, Decision> decisions;

  /**
   * Works out the change.
   *
   * @param nowMillis the time at which requests came that are new
   */
  static Change of(
      GroupPaths paths,
      HashedSchemas schemas,
      StoredGroup before,
      Outcome outcome,
      long nowMillis) {
    Change change = new Change(paths, schemas, before);
    change.members(outcome.state());
    change.pending(outcome.state(), nowMillis);
    change.decisions(outcome);
    return change;
  }

  private Change(GroupPaths paths, HashedSchemas schemas, StoredGroup before) {
    this.paths = paths;
    this.schemas = schemas;
    this.before = before;
    this.since = new TreeMap<>(before.sinceMillis());
    this.decisions = new TreeMap<>(before.decisions());
  }

  Map<String, String> texts() {
    return texts;
  }

  /** The group once the change is stored. */
  StoredGroup after(GroupState state) {
    return before.with(state, since, decisions);
  }

  private void members(GroupState state) {
    for (MemberId gone : before.state().members().keySet()) {
      if (!state.members().containsKey(gone)) {
        texts.put(paths.member(gone), null);
      }
    }

    for (Member member : state.members().values()) {
      if (!member.equals(before.state().members().get(member.id()))) {
        texts.put(paths.member(member.id()), MemberJson.write(member, schemas));
      }
    }
  }

  private void pending(GroupState state, long nowMillis) {
    for (MemberId gone : before.state().pending().keySet()) {
      if (!state.pending().containsKey(gone)) {
        texts.put(paths.pending(gone), null);
        since.remove(gone);
      }
    }

    for (Pending pending : state.pending().values()) {
      MemberId id = pending.member();
      Pending old = before.state().pending().get(id);
      if (old == null || !old.request().id().equals(pending.request().id())) {
        since.put(id, nowMillis);
      }

      if (old == null || !old.withDecision(null).equals(pending.withDecision(null))) {
        texts.put(paths.pending(id), PendingJson.write(pending, since.get(id), schemas));
      }
    }
  }

  private void decisions(Outcome outcome) {
    outcome.decisions().forEach(this::decision);
    Execution execution = outcome.state().core().inFlight();
    for (MemberId member : new TreeSet<>(decisions.keySet())) {
      boolean over =
          decisions.get(member) instanceof Decision.Execute execute
              && (execution == null
                  || !execution.id().equals(execute.executionId())
                  || !execution.executor().equals(member));
      if (over) {
        texts.put(paths.decision(member), null);
        decisions.remove(member);
      }
    }
  }

  private void decision(MemberId member, Decision decision) {
    Decision told = told(decision);
    if (!told.equals(decisions.put(member, told))) {
      texts.put(paths.decision(member), DecisionJson.write(told));
    }
  }

  /**
   * What a sink is told of a decision. Whom a wait is for changes with every member that follows,
   * and a thousand waiting sinks have no use for it.
   */
  private static Decision told(Decision decision) {
    return decision instanceof Decision.Wait wait
        ? new Decision.Wait(wait.requestId(), wait.reason(), List.of(), wait.exits())
        : decision;
  }
}
