package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans that need no join. */
final class Plans {

  /** Nothing is run, nothing changes for the merged table. */
  static Plan nothing(GroupState state, Pending pending) {
    return verbatim(
        state, List.of(), List.of(pending), state.core().target(), state.core().joined());
  }

  /** Statements as somebody wrote them. */
  static Plan verbatim(
      GroupState state,
      List<String> statements,
      Collection<Pending> completes,
      TableSchema target,
      TableSchema joined) {
    NavigableSet<MemberId> members =
        completes.stream().map(Pending::member).collect(Collectors.toCollection(TreeSet::new));
    GroupHistory history = state.core().history();
    return new Plan(
        statements,
        List.of(),
        false,
        target,
        joined,
        members,
        history.formerIndexes(),
        history.accepted());
  }

  private Plans() {}
}
