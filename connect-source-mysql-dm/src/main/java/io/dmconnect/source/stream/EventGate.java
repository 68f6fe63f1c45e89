package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlStatement;
import io.dmconnect.model.ddl.ScannedDdl;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.filter.BinlogEvent;
import io.dmconnect.model.filter.BinlogEventFilter;
import io.dmconnect.model.filter.BinlogEvents;
import io.dmconnect.model.filter.FilterAction;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.rows.RowsKind;
import java.util.List;

/** Asks the binlog event filter, and stops the task where a rule says so. */
public final class EventGate {
  private final BinlogEventFilter filter;

  /** A gate with that filter. */
  public EventGate(BinlogEventFilter filter) {
    this.filter = filter;
  }

  /** Whether row changes of that kind are left out. */
  boolean ignores(TableId table, RowsKind kind, String where) {
    BinlogEvent event =
        switch (kind) {
          case INSERT -> BinlogEvent.INSERT;
          case UPDATE -> BinlogEvent.UPDATE;
          case DELETE -> BinlogEvent.DELETE;
        };
    return checked(filter.judgeRows(table, event), table, event, null, where);
  }

  /** Whether a statement is left out by its kind or text. */
  boolean ignores(TableId table, DdlKind kind, String sql, String where) {
    return judge(table, BinlogEvents.of(kind), sql, where);
  }

  /** Whether a statement is left out by what it changes. */
  boolean ignores(
      ScannedDdl scanned, DdlStatement statement, TableSchema before, String sql, String where) {
    return judge(scanned.table(), BinlogEvents.of(scanned.kind(), statement, before), sql, where);
  }

  private boolean judge(TableId table, List<BinlogEvent> events, String sql, String where) {
    return checked(filter.judgeDdl(table, events, sql), table, events, sql, where);
  }

  private static boolean checked(
      FilterAction action, TableId table, Object what, String sql, String where) {
    if (action == FilterAction.ERROR) {
      throw new DmException(
          SourceError.REFUSED_BY_FILTER,
          "A binlog event filter refuses "
              + what
              + " of "
              + table
              + " at "
              + where
              + (sql == null ? "" : ": " + sql));
    }
    return action == FilterAction.IGNORE;
  }
}
