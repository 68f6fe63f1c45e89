package io.dmconnect.it.scenario;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.Pending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** What the coordinator knows of one scenario's group, to be waited for. */
final class GroupProbe {
  private static final Set<Exit> TURN = Set.of(Exit.RELEASE, Exit.DROP_MEMBER);

  private final ScenarioPipeline pipeline;
  private final TableId target;

  GroupProbe(ScenarioPipeline pipeline, TableId target) {
    this.pipeline = pipeline;
    this.target = target;
  }

  GroupState state() {
    return pipeline.group(target);
  }

  /** Waits until those tables are known and nothing is under way. */
  void awaitMembers(Collection<MemberId> members) {
    await(
        "the members " + members,
        state ->
            isAtRest(state)
                && state.unknown().isEmpty()
                && members.stream().allMatch(member -> isKnown(state, member)));
  }

  private static boolean isKnown(GroupState state, MemberId member) {
    return state.members().containsKey(member) || state.pending().containsKey(member);
  }

  /** Whether no execution is under way and every request has been decided. */
  private static boolean isAtRest(GroupState state) {
    return state.core().inFlight() == null
        && state.pending().values().stream().allMatch(GroupProbe::isDecided);
  }

  private static boolean isDecided(Pending pending) {
    Decision decision = pending.decision();
    boolean turn = decision instanceof Decision.Wait wait && wait.exits().equals(TURN);
    return decision instanceof Decision.Conflict || (decision instanceof Decision.Wait && !turn);
  }

  /** The requests a member has come to. */
  Set<String> requests(MemberId member) {
    return requests(pipeline.knownGroup(target), member);
  }

  private static Set<String> requests(GroupState state, MemberId member) {
    Set<String> ids = new HashSet<>();
    if (state != null && state.members().containsKey(member)) {
      ids.addAll(state.members().get(member).done());
    }

    if (state != null && state.pending().containsKey(member)) {
      ids.add(state.pending().get(member).request().id());
    }

    return ids;
  }

  boolean isWaiting(MemberId member) {
    GroupState state = pipeline.knownGroup(target);
    return state != null && state.pending().containsKey(member);
  }

  boolean isMember(MemberId member) {
    GroupState state = pipeline.knownGroup(target);
    return state != null && state.members().containsKey(member);
  }

  /** Waits until a member has come to another request and that has been decided. */
  void awaitAnother(MemberId member, Set<String> before) {
    await(
        "the schema change of " + member + " to be decided",
        state -> !before.containsAll(requests(state, member)) && isAtRest(state));
  }

  void awaitGone(MemberId member) {
    await(member + " to leave", state -> isAtRest(state) && !isKnown(state, member));
  }

  /** Waits until a member waits for exactly those, by their names in the coordinator's words. */
  void awaitWait(MemberId member, Set<String> others) {
    await(
        member + " to wait for " + others,
        state ->
            state.pending().containsKey(member)
                && state.pending().get(member).decision() instanceof Decision.Wait wait
                && !wait.exits().equals(TURN)
                && new LinkedHashSet<>(wait.waitsFor()).equals(others));
  }

  /** Waits until a member is told of such a conflict. */
  void awaitConflict(MemberId member, Step.Conflict expected) {
    await(
        member + " to be told of a conflict with " + expected,
        state ->
            state.pending().containsKey(member)
                && state.pending().get(member).decision() instanceof Decision.Conflict conflict
                && matches(conflict, expected));
  }

  private static boolean matches(Decision.Conflict conflict, Step.Conflict expected) {
    String all = conflict.reason() + "\n" + conflict.mine() + "\n" + conflict.theirs();
    String text = all.replace("`", "").toLowerCase(Locale.ROOT);
    Set<String> exits = new HashSet<>();
    conflict
        .exits()
        .forEach(exit -> exits.add(exit.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    return expected.texts().stream().allMatch(one -> text.contains(one.toLowerCase(Locale.ROOT)))
        && (expected.exits().isEmpty() || expected.exits().equals(exits));
  }

  void awaitIdle(Collection<MemberId> members) {
    await(
        members + " to wait for nothing",
        state -> isAtRest(state) && members.stream().noneMatch(state.pending()::containsKey));
  }

  /** Waits until nobody waits, nothing runs and no execution has been given up. */
  void awaitNothingPending() {
    await(
        "no request to be pending",
        state -> isAtRest(state) && state.pending().isEmpty() && state.core().heldError() == null);
  }

  private void await(String what, Predicate<GroupState> condition) {
    try {
      Await.until(
          what,
          ScenarioPipeline.LIMIT,
          () -> {
            GroupState state = state();
            return state != null && condition.test(state);
          },
          pipeline::failure);
    } catch (Await.AwaitException e) {
      throw new AssertionError(e.getMessage() + "\n" + describe(), e);
    }
  }

  /** The group for people. */
  String describe() {
    GroupState state = state();
    if (state == null) {
      return "The coordinator does not know " + target;
    }

    List<String> lines = new ArrayList<>();
    lines.add("group " + target + ", members " + state.members().keySet());
    lines.add("unknown " + state.unknown() + ", in flight " + state.core().inFlight());
    lines.add("held " + state.core().heldError());
    state
        .pending()
        .values()
        .forEach(
            p -> lines.add(p.member() + " at " + p.request().statements() + ": " + p.decision()));
    return String.join("\n", lines);
  }
}
