package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.route.Route;
import java.util.List;
import java.util.Set;

/**
 * What a schema change asks of the target.
 *
 * @param event the change
 * @param target the table it is about, in the target; for a rename the old one
 * @param newTarget the new table of a rename; null otherwise
 * @param statements what to run, in order
 * @param skipped why nothing is to be run; null when there is
 * @param refused why an operator has to decide what is to be run; null when that is clear
 * @param notes what was changed in the statements, for the ledger and the log
 * @param merged whether several upstream tables go to the target table
 * @param generatesColumns whether routes add columns to the target table
 * @param shard the added columns that tell the upstream table's rows from others'; empty when none
 *     do
 */
record DdlPlan(
    DdlEvent event,
    TableId target,
    TableId newTarget,
    List<String> statements,
    String skipped,
    String refused,
    List<String> notes,
    boolean merged,
    boolean generatesColumns,
    List<Route.AddedColumn> shard) {

  DdlPlan {
    statements = List.copyOf(statements);
    notes = List.copyOf(notes);
    shard = List.copyOf(shard);
  }

  /** The plan of a change that others carry out. */
  DdlPlan withoutStatements() {
    return new DdlPlan(
        event,
        target,
        newTarget,
        List.of(),
        null,
        null,
        List.of(),
        merged,
        generatesColumns,
        shard);
  }

  /** The target tables whose definition the change touches. */
  Set<TableId> targets() {
    return newTarget == null || newTarget.equals(target)
        ? Set.of(target)
        : Set.of(target, newTarget);
  }
}
