package io.dmconnect.coordinator.engine;

import io.dmconnect.coordinator.store.StoredGroup;
import io.dmconnect.model.TableId;
import io.dmconnect.model.check.Finding;
import io.dmconnect.model.coordination.Input;
import io.dmconnect.model.coordination.TaskSettings;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A task as the leader sees it.
 *
 * @param task its name
 * @param settings what its sink stated; null when it has not
 * @param sources what its sources stated, by source id
 * @param answers per source the number of the last asked check its facts are of
 * @param findings what the prechecks found
 * @param groups its groups by merged table
 */
public record TaskSnapshot(
    String task,
    TaskSettings settings,
    NavigableMap<String, Input.SourceStated> sources,
    NavigableMap<String, Long> answers,
    List<Finding> findings,
    NavigableMap<TableId, Group> groups) {

  /**
   * A group.
   *
   * @param stored its state
   * @param problem why it is not coordinated at present; null when it is
   */
  public record Group(StoredGroup stored, String problem) {}

  /** Copies the collections. */
  public TaskSnapshot {
    sources = Collections.unmodifiableNavigableMap(new TreeMap<>(sources));
    answers = Collections.unmodifiableNavigableMap(new TreeMap<>(answers));
    findings = List.copyOf(findings);
    groups = Collections.unmodifiableNavigableMap(new TreeMap<>(groups));
  }
}
