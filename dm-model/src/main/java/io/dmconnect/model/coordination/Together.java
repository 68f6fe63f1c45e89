package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Stay;
import io.dmconnect.model.join.JoinContext;
import io.dmconnect.model.join.JoinReason;
import io.dmconnect.model.join.JoinResult;
import io.dmconnect.model.join.SchemaJoin;
import io.dmconnect.model.join.SchemaParts;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rules for changes that all members must make together: renamed and re-added columns, types
 * and definitions without a join. The members that stand at such a change wait until none is left
 * that still has the former definition; then it runs once and all go on.
 */
final class Together {
  private final GroupState state;
  private final Predicate<Pending> needsOthers;
  private final Map<String, Boolean> asked = new HashMap<>();
  private List<Pending> waiting;
  private JoinContext context;

  Together(GroupState state, Predicate<Pending> needsOthers) {
    this.state = state;
    this.needsOthers = needsOthers;
  }

  Verdict verdict(Pending pending) {
    Optional<Verdict> contradiction = contradiction(pending);
    if (contradiction.isPresent()) {
      return contradiction.get();
    }

    List<Pending> same = same(pending);
    List<MemberId> ids = same.stream().map(Pending::member).toList();
    View view = View.of(state, same);
    NavigableMap<String, String> replaced = RequestColumns.replaced(same);
    for (Map.Entry<String, String> rename : pending.request().renames().entrySet()) {
      String renamed = rename.getValue();
      boolean free = isRenamedAway(pending, renamed) || replaced.containsKey(rename.getKey());
      if (!free && isTaken(rename.getKey(), renamed)) {
        return bothExist(pending, renamed);
      }
    }

    NavigableSet<MemberId> behind = new TreeSet<>();
    for (String column : replaced.values()) {
      behind.addAll(view.membersWith(schema -> schema.column(column).isPresent(), ids));
    }

    for (String old : pending.request().renames().keySet()) {
      boolean swapped =
          pending.request().renames().values().stream().anyMatch(old::equalsIgnoreCase);
      if (!swapped) {
        behind.addAll(view.membersWith(schema -> schema.column(old).isPresent(), ids));
      }
    }

    for (String column : pending.request().readded()) {
      behind.addAll(view.membersWith(schema -> schema.column(column).isPresent(), ids));
    }

    for (String partition : partitionsGone(pending.request())) {
      behind.addAll(view.membersWith(schema -> SchemaParts.hasPartition(schema, partition), ids));
    }

    behind.addAll(LateColumns.lackedBy(state, pending.request(), view, ids));
    if (pending.request().swaps()) {
      behind.addAll(view.membersWith(schema -> true, ids));
    }

    if (!behind.isEmpty() || (isMove(pending.request()) && !state.unknown().isEmpty())) {
      return stay(behind);
    }

    Planner.Result result = Planner.plan(state, same);
    return result.plan() != null
        ? new Go(result.plan(), "Every shard has followed")
        : opposed(pending, view, ids, result.reasons());
  }

  /** Whether values go somewhere else, so that members that have not come yet count, too. */
  private static boolean isMove(DdlRequest request) {
    return !request.renames().isEmpty()
        || !request.readded().isEmpty()
        || !partitionsGone(request).isEmpty();
  }

  /**
   * Range partitions that the request drops below others. Its shard's next rows of their range go
   * to the next higher partition there; in the merged table they would go to the old one and be
   * lost when the last shard drops it.
   */
  static List<String> partitionsGone(DdlRequest request) {
    return request.before() == null || request.after() == null
        ? List.of()
        : SchemaParts.partitionsGoneBelow(request.before(), request.after());
  }

  /**
   * Whether the members have a column of the new name, or the merged table has one besides that of
   * the old name; the new name alone is a rename that has been carried out.
   */
  private boolean isTaken(String old, String renamed) {
    TableSchema joined = state.core().joined();
    TableSchema target = state.core().target();
    boolean members = joined != null && joined.column(renamed).isPresent();
    boolean besides =
        target != null && target.column(old).isPresent() && target.column(renamed).isPresent();
    return members || besides;
  }

  private static boolean isRenamedAway(Pending pending, String column) {
    return pending.request().renames().containsKey(column.toLowerCase(Locale.ROOT));
  }

  private static Verdict bothExist(Pending pending, String column) {
    return new Clash(
        "The merged table already has a column "
            + column
            + " of its own; replace the statement by what moves this shard's values there and"
            + " drops its column, execute it to give them up, or skip it to keep both columns",
        statements(pending),
        "column " + column + " of the merged table");
  }

  /** The requests that need others, in order of arrival. */
  private List<Pending> waiting() {
    if (waiting == null) {
      waiting = new ArrayList<>();
      for (Pending other : state.byArrival()) {
        if (asked.computeIfAbsent(key(other), key -> needsOthers.test(other))) {
          waiting.add(other);
        }
      }
    }

    return waiting;
  }

  private String key(Pending pending) {
    return RequestClass.key(state, pending);
  }

  /** The waiting requests that make the same kind of change, without contradicting each other. */
  private List<Pending> same(Pending pending) {
    List<Pending> result = new ArrayList<>();
    Map<String, Boolean> fits = new HashMap<>();
    for (Pending other : waiting()) {
      boolean alike =
          other.request().renames().equals(pending.request().renames())
              && other.request().readded().equals(pending.request().readded())
              && partitionsGone(other.request()).equals(partitionsGone(pending.request()));
      boolean compatible =
          alike
              && fits.computeIfAbsent(
                  key(other), key -> result.stream().allMatch(earlier -> joinable(earlier, other)));
      if (compatible) {
        result.add(other);
      }
    }

    if (result.stream().noneMatch(p -> p.member().equals(pending.member()))) {
      result.add(pending);
    }

    return result;
  }

  /** An earlier waiting request that can never be reconciled with this one. */
  private Optional<Verdict> contradiction(Pending pending) {
    Map<String, Boolean> tried = new HashMap<>();
    for (Pending other : waiting()) {
      if (other.arrival() >= pending.arrival()) {
        break;
      }

      if (tried.computeIfAbsent(key(other), key -> contradicts(other, pending))) {
        return Optional.of(
            new Clash(
                "The change differs from the one " + other.member() + " is waiting with",
                statements(pending),
                statements(other)));
      }
    }

    return Optional.empty();
  }

  private boolean contradicts(Pending first, Pending second) {
    Map<String, String> renames = first.request().renames();
    for (Map.Entry<String, String> rename : second.request().renames().entrySet()) {
      String other = renames.get(rename.getKey());
      boolean otherTarget = other != null && !other.equalsIgnoreCase(rename.getValue());
      boolean otherSource =
          other == null && renames.values().stream().anyMatch(rename.getValue()::equalsIgnoreCase);
      if (otherTarget || otherSource) {
        return true;
      }
    }

    boolean alike = renames.equals(second.request().renames());
    return alike && !joinable(first, second);
  }

  private boolean joinable(Pending first, Pending second) {
    TableSchema one = View.after(state, first.request());
    TableSchema two = View.after(state, second.request());
    return one == null || two == null || reasons(one, two).isEmpty();
  }

  private List<JoinReason> reasons(TableSchema one, TableSchema two) {
    if (context == null) {
      List<Pending> changing =
          state.byArrival().stream().filter(p -> p.request().before() != null).toList();
      NavigableMap<String, List<IndexSchema>> former =
          FormerIndexes.after(state, changing, View.of(state, List.of()));
      context = new JoinContext(state.core().target(), former, new TreeSet<>());
    }

    return SchemaJoin.join(List.of(one, two), context) instanceof JoinResult.NoJoin noJoin
        ? noJoin.reasons()
        : List.of();
  }

  /** Tells members that are behind from members that hold something else. */
  private Verdict opposed(
      Pending pending, View view, Collection<MemberId> ids, List<JoinReason> all) {
    TableSchema after = View.after(state, pending.request());
    TableSchema before = pending.request().before();
    NavigableSet<MemberId> behind = new TreeSet<>();
    for (TableSchema other : view.distinct()) {
      List<JoinReason> reasons = after == null ? List.of() : reasons(after, other);
      for (JoinReason reason : reasons) {
        boolean former = before != null && SchemaParts.same(reason, before, other);
        if (!former) {
          return new Clash(
              "No table accepts the rows of both shards: " + reason,
              SchemaParts.sql(reason, after),
              SchemaParts.sql(reason, other));
        }
      }

      if (!reasons.isEmpty()) {
        behind.addAll(view.membersWith(other::equals, ids));
      }
    }

    return behind.isEmpty() && state.unknown().isEmpty() ? clash(all.get(0)) : stay(behind);
  }

  static Verdict clash(JoinReason reason) {
    return new Clash(
        "No table accepts the rows of both shards: " + reason, reason.first(), reason.second());
  }

  private Verdict stay(NavigableSet<MemberId> behind) {
    return new Stay(
        "The change fits no shard that has not made it; the others must follow",
        behind,
        state.unknown());
  }

  static String statements(Pending pending) {
    return String.join("; ", pending.request().statements());
  }
}
