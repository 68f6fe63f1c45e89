package io.dmconnect.source.coordination;

import io.dmconnect.model.TableId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which tables to state. A new table is stated as soon as it is seen, so that nothing is decided
 * without it. One that is gone stays for a while: its last changes and its DROP are still on their
 * way to the sink, which takes it out of its group in their order. Not thread-safe.
 */
final class StatedTables {
  private final long keepMillis;
  private final Map<TableId, Long> lastSeen = new HashMap<>();

  /** States a table for so long after it was seen last, in milliseconds. */
  StatedTables(long keepMillis) {
    this.keepMillis = keepMillis;
  }

  /** The tables to state when these are there now. */
  NavigableSet<TableId> at(long nowMillis, Collection<TableId> present) {
    present.forEach(table -> lastSeen.put(table, nowMillis));
    lastSeen.values().removeIf(seen -> nowMillis - seen > keepMillis);
    return new TreeSet<>(lastSeen.keySet());
  }
}
