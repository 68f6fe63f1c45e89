package io.dmconnect.sink.ddl;

import java.util.List;
import java.util.Locale;

/**
 * A schema change in the ledger.
 *
 * @param state how far it is
 * @param token random text that its statements are marked with
 * @param statements what it runs
 * @param done how many of them are known to have run
 * @param connectionId the connection that runs the next one; 0 when there was none yet
 */
record LedgerEntry(
    State state, String token, List<String> statements, int done, long connectionId) {

  /** How far a change is. */
  enum State {
    /** Nobody else has entered it before; kept as {@link #STARTED}. */
    ENTERED,
    /** It may have run in part. */
    STARTED,
    /** It ran. */
    DONE,
    /** It was left out. */
    SKIPPED;

    boolean isOver() {
      return this == DONE || this == SKIPPED;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
