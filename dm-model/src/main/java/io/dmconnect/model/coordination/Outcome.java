package io.dmconnect.model.coordination;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What an input leads to.
 *
 * @param state the group after it
 * @param decisions the decisions that are new, or asked for again, by member; all others stand
 * @param notes remarks for the log and the operator, such as why a command had no effect
 */
public record Outcome(
    GroupState state, NavigableMap<MemberId, Decision> decisions, List<String> notes) {

  /** Copies the collections. */
  public Outcome {
    decisions = Collections.unmodifiableNavigableMap(new TreeMap<>(decisions));
    notes = List.copyOf(notes);
  }
}
