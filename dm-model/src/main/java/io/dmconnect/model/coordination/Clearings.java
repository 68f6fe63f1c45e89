package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Stay;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * DROP TABLE and TRUNCATE of a table that its route merges with no other. The target's table
 * follows unless it may hold rows of a table of the same name in another source.
 */
final class Clearings {

  /** The verdict on such a request; null when the rules of a merged table decide. */
  static Verdict verdict(GroupState state, Pending pending) {
    boolean follows =
        pending.request().clearsItsOwn()
            && state.core().target() != null
            && isAlone(state, pending);
    if (!follows) {
      return null;
    }

    NavigableSet<MemberId> coming = new TreeSet<>(state.pending().keySet());
    coming.remove(pending.member());
    return state.unknown().isEmpty() && coming.isEmpty()
        ? new Go(plan(state, pending), "The table is not merged with others")
        : new Stay(
            "The table takes its rows along unless other shards have rows in the same table",
            coming,
            state.unknown());
  }

  /** What an operator executes before it is known whether the table is alone. */
  static Plan forced(GroupState state, Pending pending) {
    return verdict(state, pending) == null ? null : plan(state, pending);
  }

  private static Plan plan(GroupState state, Pending pending) {
    boolean drops = pending.request().kind() == DdlKind.DROP_TABLE;
    TableSchema target = drops ? null : state.core().target();
    TableSchema joined = drops ? null : state.core().joined();
    List<String> statements = pending.request().statements();
    return Plans.verbatim(state, statements, List.of(pending), target, joined);
  }

  /** Whether no other table is, or was, in the group, whose rows would stay there. */
  private static boolean isAlone(GroupState state, Pending pending) {
    NavigableSet<MemberId> others =
        state.core().departed().whoseRowsMayStay(state.members().keySet());
    others.remove(pending.member());
    return others.isEmpty();
  }

  private Clearings() {}
}
