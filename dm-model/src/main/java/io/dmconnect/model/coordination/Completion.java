package io.dmconnect.model.coordination;

import io.dmconnect.model.join.SchemaComparison;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The group after a plan has been carried out. */
final class Completion {

  /**
   * The state with the plan's requests done.
   *
   * @param observed the merged table as the server states it; null when it was not read
   */
  static GroupState apply(GroupState state, Plan plan, TableSchema observed) {
    List<Pending> done =
        plan.completes().stream()
            .map(state.pending()::get)
            .filter(pending -> pending != null)
            .toList();
    NavigableMap<MemberId, Member> members = new TreeMap<>(state.members());
    NavigableMap<MemberId, Pending> pending = new TreeMap<>(state.pending());
    for (Pending one : done) {
      pending.remove(one.member());
      past(state, one, members);
    }

    boolean left = members.isEmpty() && done.stream().anyMatch(one -> one.request().alone());
    TableSchema known = observed == null ? plan.target() : observed;
    TableSchema target = left ? null : known;
    TableSchema joined = members.isEmpty() ? null : plan.joined();
    GroupState next =
        state
            .withMembers(members)
            .withPending(pending)
            .withCore(state.core().withMoved(target, joined).withInFlight(null));
    Plan real = plan.withTables(plan.afters(), target, joined);
    GroupHistory history = new NextHistory(state, real, done, View.of(next, List.of())).get();
    return seeAgain(departed(next.withCore(next.core().withHistory(history)), done));
  }

  /** The state with a request done that changes nothing for the merged table. */
  static GroupState skip(GroupState state, Pending pending) {
    DdlRequest request = pending.request();
    NavigableMap<MemberId, Member> members = new TreeMap<>(state.members());
    Member member = members.get(request.member());
    if (request.leaves() || request.after() == null || pending.request().alone()) {
      members.remove(request.member());
    } else {
      TableSchema joined = state.core().joined();
      TableSchema unseen = joined == null ? request.after() : joined;
      MemberId name = request.memberAfter();
      Member known =
          member == null
              ? new Member(name, request.after(), unseen, List.of())
              : member.withId(name);
      members.remove(request.member());
      members.put(name, known.past(request.id(), request.after(), known.seen()));
    }

    GroupState next = state.withMembers(members).withoutPending(request.member());
    GroupHistory history = state.core().history();
    List<Pending> done = List.of(pending);
    history =
        history
            .withAhead(PartitionRows.ahead(history.ahead(), done, View.of(next, List.of())))
            .withResidues(NextHistory.renamed(history.residues(), done));
    next = next.withCore(next.core().withHistory(history));
    return seeAgain(departed(next.withJoinOfMembersOnly(), done));
  }

  /** Members that their own change took out are not waited for, whatever their source lists. */
  private static GroupState departed(GroupState state, Collection<Pending> done) {
    List<MemberId> gone =
        done.stream()
            .filter(pending -> !pending.request().alone())
            .map(Pending::member)
            .filter(member -> !state.members().containsKey(member))
            .toList();
    List<MemberId> deselected =
        done.stream()
            .filter(pending -> pending.request().isDeselection())
            .map(Pending::member)
            .toList();
    Departed departed =
        state
            .core()
            .departed()
            .withEnded(gone)
            .withDeselected(deselected)
            .current(state.members().keySet(), state.stated());
    return state.withCore(state.core().withDeparted(departed));
  }

  private static void past(
      GroupState state, Pending pending, NavigableMap<MemberId, Member> members) {
    DdlRequest request = pending.request();
    TableSchema seen = View.after(state, request);
    Member member = members.remove(request.member());
    if (seen == null || pending.request().alone()) {
      return;
    }

    MemberId id = request.memberAfter();
    Member known = member == null ? Member.of(id, request.after()) : member.withId(id);
    members.put(id, known.past(request.id(), request.after(), seen));
  }

  /** Members of whom a change was skipped are seen as they are once the merged table takes them. */
  private static GroupState seeAgain(GroupState state) {
    TableSchema joined = state.core().joined();
    IdentityHashMap<TableSchema, Boolean> fits = new IdentityHashMap<>();
    NavigableMap<MemberId, Member> members = new TreeMap<>(state.members());
    GroupHistory history = state.core().history();
    NavigableMap<String, NavigableSet<MemberId>> residues = new TreeMap<>(history.residues());
    boolean changed = false;
    for (Member member : state.members().values()) {
      boolean differs = joined != null && !member.seen().equals(member.schema());
      if (differs && fits.computeIfAbsent(member.schema(), s -> isWithin(s, joined))) {
        members.put(member.id(), member.withSchemas(member.schema(), member.schema()));
        leftBehind(member, joined, residues);
        changed = true;
      }
    }

    return changed
        ? state
            .withMembers(members)
            .withCore(state.core().withHistory(history.withResidues(residues)))
        : state;
  }

  /** Columns that a skipped change took away keep the member's values in the merged table. */
  private static void leftBehind(
      Member member, TableSchema joined, NavigableMap<String, NavigableSet<MemberId>> residues) {
    for (ColumnSchema column : joined.columns()) {
      boolean had = member.seen().column(column.name()).isPresent();
      boolean has = member.schema().column(column.name()).isPresent();
      if (had && !has) {
        NextHistory.add(residues, RequestColumns.lower(column.name()), member.id());
      } else if (has) {
        NextHistory.remove(residues, RequestColumns.lower(column.name()), member.id());
      }
    }

    residues.values().removeIf(NavigableSet::isEmpty);
  }

  static boolean isWithin(TableSchema schema, TableSchema joined) {
    return switch (SchemaComparison.of(schema, joined)) {
      case EQUAL, LESS -> true;
      case GREATER, INCOMPARABLE -> false;
    };
  }

  private Completion() {}
}
