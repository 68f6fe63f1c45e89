package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How a source or sink task is doing, for people.
 *
 * @param participant the task's name, unique within the DM task, such as {@code sink-tidb-0}
 * @param kind which half it is
 * @param stage what it does, such as {@code running} or {@code snapshot}
 * @param atMillis when this was stated, milliseconds since the epoch
 * @param details further facts by name, with the unit in the name, such as {@code lag_ms}
 * @param lastError the last error's message; null for none
 */
public record ParticipantStatus(
    String participant,
    Kind kind,
    String stage,
    long atMillis,
    NavigableMap<String, String> details,
    String lastError) {

  /** Which half of the path. */
  public enum Kind {
    /** Reads MySQL. */
    SOURCE,
    /** Writes TiDB. */
    SINK
  }

  /** Copies the details and checks what is never null. */
  public ParticipantStatus {
    requireNonNull(participant, "participant is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(stage, "stage is null");
    details = Collections.unmodifiableNavigableMap(new TreeMap<>(details));
  }
}
