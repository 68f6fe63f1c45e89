package io.dmconnect.bench.e2e;

/**
 * What shard merge costs in time.
 *
 * @param ddl from the return of a schema change in one shard until TiDB has it, nothing else going
 *     on
 * @param row the same of a row that uses the new column and is written right behind the change
 * @param waiting rows per second of another table of the same source while a shard waits
 * @param free the same while none waits
 */
record ShardDdl(Latency ddl, Latency row, double waiting, double free) {

  /** The throughput while a shard waits over that while none does. */
  double ratio() {
    return waiting / free;
  }
}
