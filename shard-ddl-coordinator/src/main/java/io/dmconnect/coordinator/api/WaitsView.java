package io.dmconnect.coordinator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.model.coordination.Decision;
import io.dmconnect.model.coordination.Pending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of a group that are not done. Those that say the same and wait for the same are one
 * entry, so that a thousand shards that wait together are read at a glance.
 */
final class WaitsView {
  private final StoredGroup stored;
  private final long nowMillis;

  WaitsView(StoredGroup stored, long nowMillis) {
    this.stored = stored;
    this.nowMillis = nowMillis;
  }

  /** How many members wait. */
  int waiting() {
    return (int)
        stored.state().pending().values().stream()
            .filter(one -> !(one.decision() instanceof Decision.Conflict))
            .count();
  }

  /** How many members are in conflict. */
  int conflicts() {
    return stored.state().pending().size() - waiting();
  }

  /** How long the first has been waiting, milliseconds; 0 when nobody waits. */
  long oldestMillis() {
    return stored.sinceMillis().values().stream()
        .mapToLong(since -> nowMillis - since)
        .max()
        .orElse(0);
  }

  /** The entries, the oldest first. */
  ArrayNode classes() {
    Map<Object, List<Pending>> classes = new LinkedHashMap<>();
    stored.state().pending().values().stream()
        .sorted(Comparator.comparingLong(Pending::arrival))
        .forEach(one -> classes.computeIfAbsent(key(one), k -> new ArrayList<>()).add(one));
    ArrayNode array = JsonNodes.array();
    classes.values().forEach(same -> array.add(entry(same)));
    return array;
  }

  private static Object key(Pending pending) {
    return List.of(
        pending.request().statements(),
        String.valueOf(pending.failure()),
        String.valueOf(pending.order()),
        meaning(pending.decision()));
  }

  private static Object meaning(Decision decision) {
    if (decision instanceof Decision.Wait wait) {
      return List.of("WAIT", wait.reason(), wait.waitsFor());
    }

    if (decision instanceof Decision.Conflict conflict) {
      return List.of("CONFLICT", conflict.reason(), String.valueOf(conflict.theirs()));
    }

    return decision == null ? "" : decision;
  }

  private ObjectNode entry(List<Pending> same) {
    Pending first = same.get(0);
    Decision decision = first.decision();
    ObjectNode node = JsonNodes.object();
    node.put("decision", kind(decision));
    node.put("reason", decision == null ? null : decision.reason());
    node.put("kind", first.request().kind().name());
    JsonNodes.put(node, "statements", first.request().statements());
    JsonNodes.put(node, "members", same.stream().map(Pending::member).toList());
    node.set("first_member", JsonNodes.member(first.member()));
    ArrayNode ids = node.putArray("requests");
    same.forEach(one -> ids.add(one.request().id()));
    long since =
        same.stream()
            .mapToLong(one -> stored.sinceMillis().getOrDefault(one.member(), nowMillis))
            .min()
            .orElse(nowMillis);
    node.put("since_ms", since);
    node.put("age_ms", nowMillis - since);
    List<String> waitsFor = List.of();
    if (decision instanceof Decision.Wait wait) {
      waitsFor = wait.waitsFor();
      JsonNodes.put(node, "exits", wait.exits());
    } else if (decision instanceof Decision.Conflict conflict) {
      node.put("mine", conflict.mine());
      node.put("theirs", conflict.theirs());
      node.put("stops_task", conflict.stopsTask());
      JsonNodes.put(node, "exits", conflict.exits());
    }

    JsonNodes.put(node, "waits_for", waitsFor);
    node.put("failure", first.failure());
    return node;
  }

  private static String kind(Decision decision) {
    if (decision == null) {
      return null;
    }

    if (decision instanceof Decision.Execute) {
      return "EXECUTE";
    }

    if (decision instanceof Decision.Skip) {
      return "SKIP";
    }

    return decision instanceof Decision.Wait ? "WAIT" : "CONFLICT";
  }
}
