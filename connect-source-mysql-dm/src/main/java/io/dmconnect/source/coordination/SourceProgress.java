package io.dmconnect.source.coordination;

import io.dmconnect.source.position.BinlogPosition;

/**
 * How far a source is.
 *
 * @param snapshotRows rows the snapshot has read
 * @param snapshotTablesDone tables whose snapshot is complete
 * @param snapshotTables tables of the snapshot
 * @param binlogRows row changes read from the binlog
 * @param position the end of the last transaction read; null before the first
 * @param lastEventSeconds when the last event read was made, seconds since the epoch; 0 before the
 *     first
 */
public record SourceProgress(
    long snapshotRows,
    long snapshotTablesDone,
    long snapshotTables,
    long binlogRows,
    BinlogPosition position,
    long lastEventSeconds) {}
