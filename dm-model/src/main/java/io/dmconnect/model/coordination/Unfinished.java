package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.join.SchemaOverlay;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * An execution that was begun and is not known to have ended well: it failed, or an operator gave
 * it up, while its sink may still be running it. When the same statements are decided for it again,
 * they go on where it is, so that none runs twice.
 *
 * @param execution the execution
 * @param requests the ids of the requests it was to complete; empty when it belonged to none
 * @param executed how many of its statements are known by now to have run since it was given up;
 *     when not all have, the others never do
 * @param standing what may still become of it
 */
public record Unfinished(
    Execution execution, NavigableSet<String> requests, int executed, Standing standing) {
  private static final int KEPT = 8;

  /** What may still become of an execution that did not end well. */
  public enum Standing {
    /** It failed: it only runs when it is decided again. */
    FAILED,
    /** It was given up while its sink may run it; it may be decided again as well. */
    RELEASED,
    /** It was given up, and nobody decides it again; what its sink reports still counts. */
    LEFT
  }

  /** Copies the set and checks what is never null. */
  public Unfinished {
    requireNonNull(execution, "execution is null");
    requireNonNull(standing, "standing is null");
    requests = Collections.unmodifiableNavigableSet(new TreeSet<>(requests));
  }

  /** An execution of a group as it is now. */
  static Unfinished of(GroupState state, Execution execution, Standing standing) {
    return new Unfinished(execution, requests(state, execution.plan()), 0, standing);
  }

  /** The same when nobody decides it again; null when no report about it counts, either. */
  Unfinished left() {
    return standing == Standing.FAILED && executed == 0
        ? null
        : new Unfinished(execution, requests, executed, Standing.LEFT);
  }

  boolean isLeft() {
    return standing == Standing.LEFT;
  }

  /** Whether it is known by now that all of it has run. */
  public boolean ran() {
    return executed >= execution.plan().statements().size();
  }

  /** The same once so many of its statements are known to have run, and no further one will. */
  Unfinished ended(int count) {
    return new Unfinished(execution, requests, count, standing);
  }

  /** The merged table with the statements that ran before it was cut; null when it was not. */
  TableSchema cut() {
    return ran() ? null : execution.plan().targetAfter(executed);
  }

  /** Without one of them. */
  static List<Unfinished> without(List<Unfinished> known, Unfinished one) {
    List<Unfinished> others = new ArrayList<>(known);
    others.remove(one);
    return others;
  }

  /**
   * What is done although it was given up: of the requests that still wait, those that were to be
   * completed; null when none does, or it is not known to have run.
   */
  Plan late(GroupState state) {
    Plan plan = execution.plan();
    NavigableSet<MemberId> completes = new TreeSet<>();
    for (MemberId member : plan.completes()) {
      Pending pending = state.pending().get(member);
      if (ran() && pending != null && requests.contains(pending.request().id())) {
        completes.add(member);
      }
    }

    return completes.isEmpty() ? null : sinceThen(state, plan.withCompletes(completes));
  }

  /** What others gave up, and an operator accepted, since the plan was made holds as well. */
  private static Plan sinceThen(GroupState state, Plan plan) {
    List<Pending> done = plan.completes().stream().map(state.pending()::get).toList();
    NavigableSet<String> accepted = new TreeSet<>(state.core().history().accepted());
    accepted.addAll(plan.accepted());
    return plan.withHistory(FormerIndexes.after(state, done, View.of(state, done)), accepted);
  }

  /** The requests that a plan completes. */
  private static NavigableSet<String> requests(GroupState state, Plan plan) {
    NavigableSet<String> requests = new TreeSet<>();
    for (MemberId member : plan.completes()) {
      Pending pending = state.pending().get(member);
      if (pending != null) {
        requests.add(pending.request().id());
      }
    }

    return requests;
  }

  /** The one that a plan would begin again; null when there is none. */
  static Unfinished again(GroupState state, Plan plan) {
    NavigableSet<String> requests = requests(state, plan);
    boolean emptiesRows = movesRows(state, plan);
    for (Unfinished one : state.core().unfinished()) {
      if (one.isLeft()) {
        continue;
      }

      boolean same =
          one.requests.isEmpty()
              ? requests.isEmpty() && sameGoal(one.execution.plan().joined(), plan.joined())
              : emptiesRows
                  ? one.requests.containsAll(requests)
                  : !Collections.disjoint(one.requests, requests);
      if (same && one.execution.plan().statements().equals(plan.statements())) {
        return one;
      }
    }

    return null;
  }

  /** Whether a run takes away rows: one before a shard stood there did not take those it wrote. */
  private static boolean movesRows(GroupState state, Plan plan) {
    return plan.completes().stream()
        .map(state.pending()::get)
        .anyMatch(pending -> pending != null && pending.request().rowMove().isByStatement());
  }

  private static boolean sameGoal(TableSchema first, TableSchema second) {
    return first != null && second != null && SchemaComparison.equal(first, second);
  }

  /** The last ones with one more; those that may be decided again go last. */
  static List<Unfinished> with(List<Unfinished> known, Unfinished next) {
    List<Unfinished> all = new ArrayList<>(known);
    all.removeIf(one -> one.execution.begunAs().equals(next.execution.begunAs()));
    all.add(next);
    while (all.size() > KEPT) {
      all.remove(all.stream().filter(Unfinished::isLeft).findFirst().orElse(all.get(0)));
    }

    return all;
  }

  /** Whether a request waits that it is about, or its failure is still to be dealt with. */
  boolean matters(GroupState state, Collection<String> waiting) {
    return requests.isEmpty()
        ? state.core().heldGoal() != null
        : !Collections.disjoint(requests, waiting);
  }

  /**
   * The same after the merged table has changed. What failed is still to be changed there; what ran
   * of one that was given up ran before, because a sink ends that one before it runs another.
   *
   * @param before the group before
   * @param target the merged table now
   * @param joined what its members make of it now
   */
  Unfinished rebased(GroupCore before, TableSchema target, TableSchema joined) {
    Plan plan = execution.plan();
    Plan moved =
        plan.withTables(
            plan.afters().stream().map(after -> moved(target, before.target(), after)).toList(),
            moved(target, before.target(), plan.target()),
            moved(joined, before.joined(), plan.joined()));
    return new Unfinished(execution.withPlan(moved), requests, executed, standing);
  }

  private TableSchema moved(TableSchema actual, TableSchema before, TableSchema after) {
    if (actual == null || before == null || after == null) {
      return after;
    }

    return standing == Standing.FAILED
        ? SchemaOverlay.apply(actual, before, after)
        : SchemaOverlay.apply(after, before, actual);
  }
}
