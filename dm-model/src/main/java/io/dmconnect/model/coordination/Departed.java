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
 * @param forgotten sources an operator deleted; what their tables ask is passed over until they
 *     state their tables again
 */
public record Departed(
    NavigableSet<MemberId> dropped, NavigableSet<MemberId> ended, NavigableSet<String> forgotten) {
  /** Nobody has left. */
  public static final Departed NOBODY =
      new Departed(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

  /** Copies the sets. */
  public Departed {
    dropped = Collections.unmodifiableNavigableSet(new TreeSet<>(dropped));
    ended = Collections.unmodifiableNavigableSet(new TreeSet<>(ended));
    forgotten = Collections.unmodifiableNavigableSet(new TreeSet<>(forgotten));
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
    return new Departed(new TreeSet<>(members), ended, forgotten);
  }

  Departed withEnded(Collection<MemberId> members) {
    NavigableSet<MemberId> all = new TreeSet<>(ended);
    all.addAll(members);
    return new Departed(dropped, all, forgotten);
  }

  Departed withForgotten(String source) {
    NavigableSet<String> sources = new TreeSet<>(forgotten);
    sources.add(source);
    return new Departed(dropped, ended, sources);
  }

  Departed withoutForgotten(String source) {
    NavigableSet<String> sources = new TreeSet<>(forgotten);
    sources.remove(source);
    return new Departed(dropped, ended, sources);
  }

  /** Without ended members that are back, or that no list has any more. */
  Departed current(Set<MemberId> members, NavigableMap<String, NavigableSet<TableId>> stated) {
    if (ended.isEmpty()) {
      return this;
    }

    NavigableSet<MemberId> still = new TreeSet<>(ended);
    still.removeAll(members);
    still.removeIf(id -> !stated.getOrDefault(id.source(), new TreeSet<>()).contains(id.table()));
    return still.size() == ended.size() ? this : new Departed(dropped, still, forgotten);
  }
}
