package io.dmconnect.coordinator.engine;

import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.TaskSettings;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A task as the leader sees it.
 *
 * @param task its name
 * @param settings what its sink stated; null when it has not
 * @param sources what its sources stated, by source id
 * @param groups its groups by merged table
 */
public record TaskSnapshot(
    String task,
    TaskSettings settings,
    NavigableMap<String, Input.SourceStated> sources,
    NavigableMap<TableId, Group> groups) {

  /**
   * A group.
   *
   * @param stored its state
   * @param problem why it is not coordinated at present; null when it is
   */
  public record Group(StoredGroup stored, String problem) {}

  /** Copies the maps. */
  public TaskSnapshot {
    sources = Collections.unmodifiableNavigableMap(new TreeMap<>(sources));
    groups = Collections.unmodifiableNavigableMap(new TreeMap<>(groups));
  }
}
