package io.dmconnect.coordinator.store;

import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.GroupConfig;
import io.dmconnect.model.coordination.GroupState;
import io.dmconnect.model.coordination.MemberId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A group as ZooKeeper holds it.
 *
 * @param state the group
 * @param sinceMillis when each pending request came, milliseconds since the epoch
 * @param decisions the decision each member's sink is told, requests that are done included
 */
public record StoredGroup(
    GroupState state,
    NavigableMap<MemberId, Long> sinceMillis,
    NavigableMap<MemberId, Decision> decisions) {

  /** Copies the maps. */
  public StoredGroup {
    sinceMillis = Collections.unmodifiableNavigableMap(new TreeMap<>(sinceMillis));
    decisions = Collections.unmodifiableNavigableMap(new TreeMap<>(decisions));
  }

  /** A group of which nothing could be read but its name. */
  public static StoredGroup unread(GroupConfig config) {
    return new StoredGroup(GroupState.start(config, null), new TreeMap<>(), new TreeMap<>());
  }

  StoredGroup with(
      GroupState newState, Map<MemberId, Long> newSince, Map<MemberId, Decision> newDecisions) {
    return new StoredGroup(newState, new TreeMap<>(newSince), new TreeMap<>(newDecisions));
  }

  /** Without the decisions on members of which nothing is kept any more. */
  StoredGroup without(Collection<MemberId> members) {
    if (members.isEmpty()) {
      return this;
    }

    NavigableMap<MemberId, Decision> left = new TreeMap<>(decisions);
    left.keySet().removeAll(members);
    return new StoredGroup(state, sinceMillis, left);
  }
}
