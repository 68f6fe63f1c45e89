package io.dmconnect.bench.e2e;

/**
 * Times from {@code kill -9} of a Connect worker, with another one up, until a row written after
 * that is visible in the target, seconds.
 *
 * @param contender the contender's title
 * @param sink when the worker that runs the sink's task was killed
 * @param source when the worker that runs the source's task was killed
 */
record FailOver(String contender, double sink, double source) {}
