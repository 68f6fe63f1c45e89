package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a source found its tables to be when it looked at them: at its start, at a table it did not
 * know, and whenever a check is asked for. Prechecks are made on it; nothing else is decided by it.
 *
 * @param source the source id
 * @param answers the number of the last asked check that this is the answer to; 0 for none
 * @param tables the tables
 */
public record SourceFacts(String source, long answers, NavigableMap<TableId, TableFacts> tables) {
  /** Copies the map and checks what is never null. */
  public SourceFacts {
    requireNonNull(source, "source is null");
    tables = Collections.unmodifiableNavigableMap(new TreeMap<>(tables));
  }

  /** Less of it, for so many tables that all of it does not fit into a record. */
  public SourceFacts withoutSamples() {
    NavigableMap<TableId, TableFacts> less = new TreeMap<>(tables);
    less.replaceAll((table, facts) -> facts.withoutSamples());
    return new SourceFacts(source, answers, less);
  }
}
