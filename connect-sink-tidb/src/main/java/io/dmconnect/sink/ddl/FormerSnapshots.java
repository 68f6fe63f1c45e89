package io.dmconnect.sink.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.engine.DdlRunner.DdlWork;
import io.dmconnect.sink.error.SinkError;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a snapshot of a table wrote that counts no more: rows that were deleted upstream
 * since are in no later record and would stay. Safe for several threads.
 */
final class FormerSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(FormerSnapshots.class);

  private final Ledger ledger;
  private final RowHistory history;
  private final StatementRunner statements;
  private final ShardRows rows;

  FormerSnapshots(Ledger ledger, RowHistory history, StatementRunner statements, ShardRows rows) {
    this.ledger = ledger;
    this.history = history;
    this.statements = statements;
    this.rows = rows;
  }

  /**
   * Whether a former snapshot's rows are to be removed with a change: the source takes them back,
   * or the snapshot begins once more although the topic has rows already, as after a source that
   * died before its first offsets were committed.
   */
  boolean isToBeRemoved(DdlWork work) {
    DdlEvent event = work.event();
    return event.takesBackSnapshot()
        || (event.snapshot()
            && event.kind() == DdlKind.CREATE_TABLE
            && history.mayBeBefore(Participants.all(work)));
  }

  /**
   * Whether a merged table may have rows of a former snapshot that are to be removed and cannot be
   * told from other tables'.
   */
  boolean areInDoubt(DdlWork work, DdlPlan plan) {
    return isToBeRemoved(work)
        && plan.shard().isEmpty()
        && !history.isEmpty(Participants.all(work))
        && !rows.areNone(plan.target());
  }

  /**
   * Removes them, once the work's own statements have run.
   *
   * @param merged whether other tables' rows are in the target table
   * @return what was done, for the ledger
   * @throws DmException when the rows cannot be told from other tables'
   */
  String remove(DdlWork work, DdlPlan plan, boolean merged) {
    String why =
        work.event().takesBackSnapshot()
            ? "the snapshot was taken back"
            : "the snapshot begins again";
    if (!merged) {
      return work.event().takesBackSnapshot() ? why : why + ", " + empty(work, plan.target());
    }

    if (history.isEmpty(Participants.all(work))) {
      return why + ", none of its rows was here";
    }

    if (rows.areNone(plan.target())) {
      return why + ", the target table has no rows";
    }

    if (plan.shard().isEmpty()) {
      throw new DmException(
          SinkError.SNAPSHOT_AGAIN,
          "The snapshot of "
              + work.event().table()
              + " begins again, or the table is gone (schema change "
              + work.event().id()
              + " in "
              + work.partition()
              + " at offset "
              + work.offset()
              + "); rows that were deleted upstream since it first began may be left in "
              + plan.target()
              + ", whose rows of other tables cannot be told from these");
    }

    LOG.info(
        "Schema change {}: {}; deleting the rows of {} from {}",
        work.event().id(),
        why,
        work.event().table(),
        plan.target());
    rows.delete(work, plan.target(), plan.shard());
    return why + ", the table's rows were deleted";
  }

  /** A change of its own in the ledger, so that no task does it behind its successor's back. */
  private String empty(DdlWork work, TableId table) {
    LOG.info("The snapshot of {} begins again: emptying {}", work.event().table(), table);
    DdlEvent event = truncation(work.event(), table);
    DdlPlan plan =
        new DdlPlan(
            event, table, null, event.statements(), null, null, List.of(), false, false, List.of());
    DdlWork truncation = work.with(event);
    LedgerEntry entry = ledger.begin(truncation, plan);
    if (!entry.state().isOver()) {
      statements.run(truncation, plan, entry);
      ledger.complete(event.id());
    }

    return "the table was emptied";
  }

  private static DdlEvent truncation(DdlEvent of, TableId table) {
    return new DdlEvent(
        of.id() + ":emptied",
        DdlKind.TRUNCATE_TABLE,
        table,
        null,
        List.of("TRUNCATE TABLE " + table.quoted()),
        null,
        of.sqlMode(),
        of.timeZone(),
        of.charset(),
        of.collation(),
        of.timestampMicros(),
        of.after(),
        of.after(),
        of.participants(),
        false);
  }
}
