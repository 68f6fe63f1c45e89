package io.dmconnect.source.coordination;

/**
 * How far a source is.
 *
 * @param snapshotRows rows the snapshot has read
 * @param snapshotTablesDone tables whose snapshot is complete
 * @param snapshotTables tables of the snapshot
 * @param binlogRows row changes read from the binlog
 */
public record SourceProgress(
    long snapshotRows, long snapshotTablesDone, long snapshotTables, long binlogRows) {}
