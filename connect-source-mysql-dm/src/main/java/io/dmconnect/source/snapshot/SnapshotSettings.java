package io.dmconnect.source.snapshot;

import java.time.Duration;

/**
 * How tables are dumped.
 *
 * @param threads how many tables at once, each on its own connection
 * @param chunkRows how many rows one SELECT reads
 * @param consistency at which positions
 * @param withData whether rows are read at all, or only the tables' definitions
 * @param retries how often a broken connection is opened again before the task fails
 * @param retryDelay how long to wait before that
 */
public record SnapshotSettings(
    int threads,
    int chunkRows,
    SnapshotConsistency consistency,
    boolean withData,
    int retries,
    Duration retryDelay) {}
