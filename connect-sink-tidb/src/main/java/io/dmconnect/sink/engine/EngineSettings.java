package io.dmconnect.sink.engine;

/**
 * How the engine works.
 *
 * @param writers how many writers there are, and slots of a partition
 * @param batchRows rows a transaction holds under load
 * @param batchBytes bytes a transaction holds at most, about
 * @param lingerMillis how long a busy writer waits for a fuller batch
 * @param bufferRows rows on their way at most, about
 * @param bufferBytes bytes on their way at most, about
 * @param applyRecreatedTopic whether a topic that does not continue is applied from its first
 *     record
 * @param isolateTable whether an error holds back its own partition only
 * @param keepRecords whether records are kept until their rows are durable, for the errant record
 *     reporter
 */
public record EngineSettings(
    int writers,
    int batchRows,
    long batchBytes,
    long lingerMillis,
    long bufferRows,
    long bufferBytes,
    boolean applyRecreatedTopic,
    boolean isolateTable,
    boolean keepRecords) {}
