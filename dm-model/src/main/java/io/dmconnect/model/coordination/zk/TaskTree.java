package io.dmconnect.model.coordination.zk;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TaskSettings;
import java.util.List;
import java.util.Set;

/**
 * What is stated for a task at one moment.
 *
 * @param settings what its sink stated; null when none has
 * @param facts what its sources found their tables to be
 * @param begun the merged tables whose groups have members already
 */
public record TaskTree(TaskSettings settings, List<SourceFacts> facts, Set<TableId> begun) {
  /** Copies the collections. */
  public TaskTree {
    facts = List.copyOf(facts);
    begun = Set.copyOf(begun);
  }
}
