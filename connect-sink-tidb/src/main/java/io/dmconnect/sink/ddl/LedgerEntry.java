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
 * @param connectionId the connection that runs the next one; 0 when there is none, {@link
 *     #GIVEN_UP} when none may before the change is begun again
 */
record LedgerEntry(
    State state, String token, List<String> statements, int done, long connectionId) {
  /** In place of a connection; no server counts so far. */
  static final long GIVEN_UP = Long.MAX_VALUE;

  /** Whether it is that of a connection. */
  static boolean isConnection(long id) {
    return id != 0 && id != GIVEN_UP;
  }

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
