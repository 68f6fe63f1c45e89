package io.dmconnect.source.stream;

import io.dmconnect.model.ddl.ScannedDdl;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.QueryEvent;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.schema.SchemaStore;

/** What the stream refuses, because passing it over would lose changes. */
final class Refusals {
  private final SchemaStore schemas;

  Refusals(SchemaStore schemas) {
    this.schemas = schemas;
  }

  /** Refuses a statement in the place of rows when it may have changed a captured table. */
  void checkStatement(QueryEvent query, ScannedDdl scanned, String where) {
    boolean touches =
        scanned.tables().stream()
            .anyMatch(t -> schemas.table(t) != null && schemas.table(t).current() != null);
    boolean untold =
        scanned.tables().isEmpty()
            && query.database() != null
            && !schemas.existing(query.database()).isEmpty();
    if (touches || untold) {
      throw new DmException(
          SourceError.STATEMENT_FORMAT,
          "The binlog has rows changed by the statement '"
              + query.sql()
              + "' (default database "
              + query.database()
              + ") at "
              + where);
    }
  }

  /** Refuses an event that carries no rows unless it is known to change nothing. */
  void checkEvent(RawEvent event, String where) {
    switch (event.type()) {
      case EventTypes.INCIDENT ->
          throw new DmException(SourceError.INCIDENT, "The server reports lost events at " + where);
      case 0, 1, 3, EventTypes.INTVAR, EventTypes.RAND, EventTypes.USER_VAR -> {}
      case EventTypes.BEGIN_LOAD_QUERY, EventTypes.PREVIOUS_GTIDS, 28, 29, 36, 37 -> {}
      case EventTypes.MARIADB_ANNOTATE_ROWS,
          EventTypes.MARIADB_BINLOG_CHECKPOINT,
          EventTypes.MARIADB_GTID_LIST,
          EventTypes.MARIADB_START_ENCRYPTION -> {}
      default -> {
        if (!event.isIgnorable()) {
          throw new DmException(
              SourceError.UNKNOWN_EVENT,
              "The binlog has an event of the unknown type " + event.type() + " at " + where);
        }
      }
    }
  }

  static DmException partialJson(Target target, String where) {
    return new DmException(
        SourceError.PARTIAL_JSON,
        "The binlog has JSON differences of " + target.table().table() + " at " + where);
  }

  static DmException rollback(Transaction transaction, QueryEvent query) {
    return new DmException(
        SourceError.ROLLBACK_IN_BINLOG,
        "The transaction " + transaction + " has '" + query.sql() + "' after changes");
  }

  static DmException cut(Transaction transaction, String where) {
    return new DmException(
        SourceError.TRANSACTION_CUT,
        "The transaction " + transaction + " has no end before " + where + " of the binlog");
  }
}
