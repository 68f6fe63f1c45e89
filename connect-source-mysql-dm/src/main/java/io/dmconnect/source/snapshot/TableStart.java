package io.dmconnect.source.snapshot;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.schema.TableVersion;

/**
 * A table's definition at a known position.
 *
 * @param table the table
 * @param createSql its {@code CREATE TABLE} statement
 * @param version its definition
 * @param at the position at which it has this definition
 */
record TableStart(TableId table, String createSql, TableVersion version, BinlogPosition at) {

  TableStart {
    requireNonNull(createSql, "createSql is null");
    requireNonNull(at, "at is null");
  }
}
