package io.dmconnect.model.coordination;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a member is to do. A member goes past its request when the decision on it is {@link Skip},
 * or {@link Execute} and its statements have run.
 */
public sealed interface Decision {

  /** The id of the request it is about; null for an execution that belongs to no request. */
  String requestId();

  /** One sentence for people. */
  String reason();

  /**
   * Run the statements on the merged table in order, each at most once, and report.
   *
   * @param requestId the request that is done with it; null when the member only runs statements
   *     for the group and has nothing to wait for
   * @param executionId names this execution in the report
   * @param begunAs names it in the ledger: the id of the earlier execution of these statements that
   *     it goes on with; else its own
   * @param statements what to run
   * @param generated whether the statements were written for {@code SchemaDiff.SQL_MODE}; otherwise
   *     they run with the session variables of the request's record
   * @param reason why
   */
  record Execute(
      String requestId,
      String executionId,
      String begunAs,
      List<String> statements,
      boolean generated,
      String reason)
      implements Decision {
    /** Copies the statements. */
    public Execute {
      statements = List.copyOf(statements);
    }

    /** The first attempt at an execution. */
    public Execute(
        String requestId,
        String executionId,
        List<String> statements,
        boolean generated,
        String reason) {
      this(requestId, executionId, executionId, statements, generated, reason);
    }
  }

  /**
   * Go past the request; nothing is to be run.
   *
   * @param requestId the request; null when the member only learns that it is out of the group
   * @param fit what becomes of its rows' values for which the merged table has no place
   * @param reason why nothing has to be run
   */
  record Skip(String requestId, RowFit fit, String reason) implements Decision {

    /** Past a request behind which the merged table has a place for the member's rows. */
    public Skip(String requestId, String reason) {
      this(requestId, RowFit.FITS, reason);
    }
  }

  /**
   * Wait: others have to follow first, or an execution is under way.
   *
   * @param requestId the request
   * @param reason what is waited for
   * @param waitsFor in order the members, or {@code source NAME} for a source that has not told its
   *     tables
   * @param exits the commands that end it
   */
  record Wait(String requestId, String reason, List<String> waitsFor, Set<Exit> exits)
      implements Decision {
    /**
     * Copies the collections; an immutable list is shared, as a thousand members may wait for one.
     */
    public Wait {
      waitsFor = List.copyOf(waitsFor);
      exits = copy(exits);
    }
  }

  /**
   * The change contradicts another member's, or failed. It resolves by itself when the other side
   * changes, or by an operator's command.
   *
   * @param requestId the request
   * @param reason what contradicts what, or the error
   * @param mine this member's definition or statement
   * @param theirs the other side's definition or statement; null for a failure
   * @param exits the commands that end it
   * @param stopsTask whether the task stops (strict mode) rather than only the member waits
   */
  record Conflict(
      String requestId,
      String reason,
      String mine,
      String theirs,
      Set<Exit> exits,
      boolean stopsTask)
      implements Decision {
    /** Copies the exits. */
    public Conflict {
      exits = copy(exits);
    }
  }

  private static Set<Exit> copy(Set<Exit> exits) {
    EnumSet<Exit> copy = EnumSet.noneOf(Exit.class);
    copy.addAll(exits);
    return Collections.unmodifiableSet(copy);
  }
}
