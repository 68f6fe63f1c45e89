package io.dmconnect.model.coordination;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The group's own record: everything but the members and their requests.
 *
 * @param target the merged table as it is: what was found and what has been executed; null when
 *     there is none yet
 * @param joined what the members make of it: the join at which it is kept; null before the first
 *     member. Differs from {@code target} in what the table had besides
 * @param inFlight the execution under way; null for none
 * @param history what the schemas do not tell
 * @param departed who is no longer in the group
 * @param sequence the next number for arrivals and executions
 * @param actions the ids of the operator's last commands
 * @param heldGoal the join whose execution, belonging to no request, failed; null for none
 * @param heldError why it failed
 * @param unfinished executions that were begun and did not end well, the latest last
 */
public record GroupCore(
    TableSchema target,
    TableSchema joined,
    Execution inFlight,
    GroupHistory history,
    Departed departed,
    long sequence,
    List<String> actions,
    TableSchema heldGoal,
    String heldError,
    List<Unfinished> unfinished) {
  private static final int KEPT_ACTIONS = 256;

  /** Copies the lists and checks what is never null. */
  public GroupCore {
    requireNonNull(departed, "departed is null");
    actions = List.copyOf(actions);
    unfinished = List.copyOf(unfinished);
  }

  static GroupCore start(TableSchema found) {
    return new GroupCore(
        found,
        null,
        null,
        GroupHistory.EMPTY,
        Departed.NOBODY,
        1,
        List.of(),
        null,
        null,
        List.of());
  }

  GroupCore withTables(TableSchema newTarget, TableSchema newJoined) {
    Draft draft = new Draft(this);
    draft.target = newTarget;
    draft.joined = newJoined;
    return draft.core();
  }

  /** With other tables, which executions that did not end well change from now on. */
  GroupCore withMoved(TableSchema newTarget, TableSchema newJoined) {
    List<Unfinished> moved =
        unfinished.stream().map(one -> one.rebased(this, newTarget, newJoined)).toList();
    return withTables(newTarget, newJoined).withUnfinished(moved);
  }

  GroupCore withInFlight(Execution execution) {
    Draft draft = new Draft(this);
    draft.inFlight = execution;
    draft.sequence += execution == null ? 0 : 1;
    return draft.core();
  }

  GroupCore withHistory(GroupHistory newHistory) {
    Draft draft = new Draft(this);
    draft.history = newHistory;
    return draft.core();
  }

  GroupCore withDeparted(Departed newDeparted) {
    Draft draft = new Draft(this);
    draft.departed = newDeparted;
    return draft.core();
  }

  GroupCore withHeld(TableSchema goal, String error) {
    Draft draft = new Draft(this);
    draft.heldGoal = goal;
    draft.heldError = error;
    return draft.core();
  }

  GroupCore withUnfinished(List<Unfinished> begun) {
    Draft draft = new Draft(this);
    draft.unfinished = begun;
    return draft.core();
  }

  GroupCore withAction(String actionId) {
    Draft draft = new Draft(this);
    List<String> ids = new ArrayList<>(actions);
    ids.add(actionId);
    draft.actions = ids.subList(Math.max(0, ids.size() - KEPT_ACTIONS), ids.size());
    return draft.core();
  }

  GroupCore nextSequence() {
    Draft draft = new Draft(this);
    draft.sequence++;
    return draft.core();
  }

  /** The one that did not end well and has that id, or went on with it; null when there is none. */
  Unfinished unfinished(String executionId) {
    return unfinished.stream()
        .filter(one -> one.execution().isOrBegan(executionId))
        .findFirst()
        .orElse(null);
  }

  /** Whether a report about an execution changes something. */
  public boolean awaitsReport(String executionId) {
    return (inFlight != null && inFlight.id().equals(executionId))
        || unfinished(executionId) != null;
  }

  /** A copy in which some parts change. */
  private static final class Draft {
    private TableSchema target;
    private TableSchema joined;
    private Execution inFlight;
    private GroupHistory history;
    private Departed departed;
    private long sequence;
    private List<String> actions;
    private TableSchema heldGoal;
    private String heldError;
    private List<Unfinished> unfinished;

    Draft(GroupCore core) {
      target = core.target;
      joined = core.joined;
      inFlight = core.inFlight;
      history = core.history;
      departed = core.departed;
      sequence = core.sequence;
      actions = core.actions;
      heldGoal = core.heldGoal;
      heldError = core.heldError;
      unfinished = core.unfinished;
    }

    GroupCore core() {
      return new GroupCore(
          target,
          joined,
          inFlight,
          history,
          departed,
          sequence,
          actions,
          heldGoal,
          heldError,
          unfinished);
    }
  }
}
