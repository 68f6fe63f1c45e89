package io.dmconnect.model.coordination;

import io.dmconnect.model.TableId;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is no longer in a group and how it left.
 *
 * @param dropped members an operator took out; what they ask is passed over until one adds them
 * @param ended members whose own DROP or RENAME took them out while their source's list still has
 *     them: they are not waited for
 * @param gone members whose own DROP or RENAME took them out, the latest of them at least, until
 *     their topic brings them back: a sink that takes a partition over before it has noted the
 *     change tells of the table as it was, and that is passed over
 * @param forgotten sources an operator deleted; what their tables ask is passed over until they
 *     state their tables again
 * @param left members of forgotten sources, and such as are not captured any more: their rows are
 *     still in the merged table, until they are members again
 */
public record Departed(
    NavigableSet<MemberId> dropped,
    NavigableSet<MemberId> ended,
    NavigableSet<MemberId> gone,
    NavigableSet<String> forgotten,
    NavigableSet<MemberId> left) {
  /** Nobody has left. */
  public static final Departed NOBODY =
      new Departed(
          new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

  private static final int KEPT_GONE = 1_000;

  /** Copies the sets. */
  public Departed {
    dropped = Collections.unmodifiableNavigableSet(new TreeSet<>(dropped));
    ended = Collections.unmodifiableNavigableSet(new TreeSet<>(ended));
    gone = Collections.unmodifiableNavigableSet(new TreeSet<>(gone));
    forgotten = Collections.unmodifiableNavigableSet(new TreeSet<>(forgotten));
    left = Collections.unmodifiableNavigableSet(new TreeSet<>(left));
  }

  /** Why what a member asks is passed over; null when it is not. */
  String passedOver(MemberId member) {
    if (dropped.contains(member)) {
      return "An operator took the table out of the group";
    }

    return forgotten.contains(member.source())
        ? "An operator deleted the source; it has not stated its tables since"
        : null;
  }

  Departed withDropped(Collection<MemberId> members) {
    return new Departed(new TreeSet<>(members), ended, gone, forgotten, left);
  }

  Departed withEnded(Collection<MemberId> members) {
    if (members.isEmpty()) {
      return this;
    }

    NavigableSet<MemberId> all = new TreeSet<>(ended);
    all.addAll(members);
    NavigableSet<MemberId> allGone = new TreeSet<>(gone);
    allGone.addAll(members);
    return new Departed(dropped, all, allGone.size() > KEPT_GONE ? all : allGone, forgotten, left);
  }

  /** With members that are not captured any more. */
  Departed withDeselected(Collection<MemberId> members) {
    if (members.isEmpty()) {
      return this;
    }

    NavigableSet<MemberId> all = new TreeSet<>(left);
    all.addAll(members);
    return new Departed(dropped, ended, gone, forgotten, all);
  }

  Departed withoutGone(MemberId member) {
    NavigableSet<MemberId> others = new TreeSet<>(gone);
    others.remove(member);
    return new Departed(dropped, ended, others, forgotten, left);
  }

  /**
   * With a source that an operator deleted.
   *
   * @param present the group's members
   */
  Departed withForgotten(String source, Collection<MemberId> present) {
    NavigableSet<String> sources = new TreeSet<>(forgotten);
    sources.add(source);
    NavigableSet<MemberId> others = new TreeSet<>(gone);
    others.removeIf(member -> member.source().equals(source));
    NavigableSet<MemberId> away = new TreeSet<>(whoseRowsMayStay(present));
    away.removeIf(member -> !member.source().equals(source));
    away.addAll(left);
    return new Departed(dropped, ended, others, sources, away);
  }

  Departed withoutForgotten(String source) {
    NavigableSet<String> sources = new TreeSet<>(forgotten);
    sources.remove(source);
    return new Departed(dropped, ended, gone, sources, left);
  }

  /** The members that are there, and those that left and whose rows may still be there. */
  public NavigableSet<MemberId> whoseRowsMayStay(Collection<MemberId> present) {
    NavigableSet<MemberId> all = new TreeSet<>(present);
    all.addAll(dropped);
    all.addAll(ended);
    all.addAll(gone);
    all.addAll(left);
    return all;
  }

  /** Without ended members that are back, or that no list has any more. */
  Departed current(Set<MemberId> members, NavigableMap<String, NavigableSet<TableId>> stated) {
    if (ended.isEmpty() && gone.isEmpty() && left.isEmpty()) {
      return this;
    }

    NavigableSet<MemberId> still = new TreeSet<>(ended);
    still.removeAll(members);
    still.removeIf(id -> !stated.getOrDefault(id.source(), new TreeSet<>()).contains(id.table()));
    NavigableSet<MemberId> away = new TreeSet<>(gone);
    away.removeAll(members);
    NavigableSet<MemberId> absent = new TreeSet<>(left);
    absent.removeAll(members);
    boolean same =
        still.size() == ended.size() && away.size() == gone.size() && absent.size() == left.size();
    return same ? this : new Departed(dropped, still, away, forgotten, absent);
  }
}
