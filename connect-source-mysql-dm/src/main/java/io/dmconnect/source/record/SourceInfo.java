package io.dmconnect.source.record;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.FastStruct;
import io.dmconnect.model.event.SourceSchema;

/**
 * The {@code source} block of the records of one binlog event or snapshot chunk, all but the row's
 * ordinal.
 *
 * @param version the connector's version
 * @param name {@code topic.prefix}
 * @param timestampMicros when the change was made, microseconds since the epoch
 * @param snapshot whether the rows are read by a snapshot
 * @param table the upstream table
 * @param serverId the server the change was made on; 0 when unknown
 * @param gtid the transaction's GTID; null without one
 * @param file the binlog file
 * @param pos the event's offset in it
 * @param thread the upstream session; null when unknown
 * @param query the statement; null unless the server logs it
 * @param safeMode whether the changes may be in the snapshot already
 */
public record SourceInfo(
    String version,
    String name,
    long timestampMicros,
    boolean snapshot,
    TableId table,
    long serverId,
    String gtid,
    String file,
    long pos,
    Long thread,
    String query,
    boolean safeMode) {

  /**
   * The block for one row as a new struct of {@link SourceSchema#SCHEMA}.
   *
   * @param row the row's ordinal in its transaction
   */
  public FastStruct struct(int row) {
    return new FastStruct(SourceSchema.SCHEMA, slots(row));
  }

  /** The block's values in the order of the schema's fields. */
  Object[] slots(int row) {
    return new Object[] {
      version,
      SourceSchema.CONNECTOR_MYSQL,
      name,
      timestampMicros / 1_000,
      snapshot ? SourceSchema.SNAPSHOT_TRUE : SourceSchema.SNAPSHOT_FALSE,
      table.schema(),
      null,
      timestampMicros,
      timestampMicros * 1_000,
      table.table(),
      serverId,
      gtid,
      file,
      pos,
      row,
      thread,
      query,
      safeMode ? Boolean.TRUE : null
    };
  }
}
