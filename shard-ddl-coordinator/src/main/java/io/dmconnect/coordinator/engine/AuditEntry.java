package io.dmconnect.coordinator.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import io.dmconnect.model.coordination.OperatorAction;
import java.util.List;

/**
 * An operator's action that was carried out.
 *
 * @param id the action's id; ids sort by time
 * @param atMillis when it was commanded, milliseconds since the epoch
 * @param operator who
 * @param action what: the name of an {@link Exit}, {@code FORGET_SOURCE} or {@code CHECK}
 * @param group the merged table; null when it is about none
 * @param subject the member or source it was about; null for none
 * @param statements the statements that came with it
 * @param notes what the coordinator has to say about its effect; empty when it was carried out
 */
public record AuditEntry(
    String id,
    long atMillis,
    String operator,
    String action,
    TableId group,
    String subject,
    List<String> statements,
    List<String> notes) {

  /** Copies the lists. */
  public AuditEntry {
    statements = List.copyOf(statements);
    notes = List.copyOf(notes);
  }

  static AuditEntry of(TableId group, OperatorAction action, List<String> notes) {
    return new AuditEntry(
        action.id(),
        action.atMillis(),
        action.operator(),
        action.exit().name(),
        group,
        action.member() == null ? null : action.member().toString(),
        action.statements(),
        notes);
  }
}
