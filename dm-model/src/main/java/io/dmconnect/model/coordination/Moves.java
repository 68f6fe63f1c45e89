package io.dmconnect.model.coordination;

import io.dmconnect.model.coordination.Verdict.Clash;
import io.dmconnect.model.coordination.Verdict.Go;
import io.dmconnect.model.coordination.Verdict.Stay;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A table that gets a name that goes to another merged table: its rows must go there with it. */
final class Moves {

  /**
   * The only table of its group takes the merged table along; one of several cannot, of which are
   * those that an operator took out or whose source was deleted, since their rows are there.
   */
  static Verdict verdict(GroupState state, Pending pending) {
    if (state.core().target() == null) {
      return new Go(Plans.nothing(state, pending), "The merged table has gone to the new name");
    }

    NavigableSet<MemberId> others = new TreeSet<>(state.members().keySet());
    others.addAll(state.core().departed().dropped());
    others.addAll(state.core().departed().left());
    others.remove(pending.member());
    if (!others.isEmpty()) {
      return new Clash(
          "The table goes to another merged table by its new name, but its rows in "
              + state.config().target()
              + " cannot be told from those of other shards",
          Together.statements(pending),
          "rows of " + others + " in the same table");
    }

    if (!state.unknown().isEmpty()) {
      return new Stay(
          "The table takes the merged table along unless other shards have rows in it",
          new TreeSet<>(),
          state.unknown());
    }

    List<String> statements = pending.request().statements();
    Plan plan = Plans.verbatim(state, statements, List.of(pending), null, null);
    return new Go(plan, "The merged table goes to the new name with its only shard");
  }

  private Moves() {}
}
