package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.source.schema.TableState;
import io.dmconnect.source.schema.TableVersion;

/**
 * One schema change of captured tables.
 *
 * @param kind what it does
 * @param sql the statement about this table
 * @param table the table; for a rename the old name
 * @param newTable the new name of a rename; null otherwise
 * @param state the table if it is captured; null otherwise
 * @param newState the table under its new name if that is captured; null otherwise
 * @param before its version before; null for a new table
 * @param after its version after; null when it is gone
 * @param ignored whether a binlog event filter keeps it from the tables' topics
 */
record TableChange(
    DdlKind kind,
    String sql,
    TableId table,
    TableId newTable,
    TableState state,
    TableState newState,
    TableVersion before,
    TableVersion after,
    boolean ignored) {

  /** The same change, kept from the tables' topics. */
  TableChange asIgnored() {
    return new TableChange(kind, sql, table, newTable, state, newState, before, after, true);
  }
}
