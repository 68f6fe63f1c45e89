package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What holds a partition back until the rows before it are durable. Used by the task's thread only.
 */
final class Barrier {
  private final SinkRecord record;
  private final Decoded.Ddl ddl;
  private final boolean startsOver;
  private final long sinceNanos = System.nanoTime();
  private CompletableFuture<Set<TableId>> result;

  private Barrier(SinkRecord record, Decoded.Ddl ddl, boolean startsOver) {
    this.record = record;
    this.ddl = ddl;
    this.startsOver = startsOver;
  }

  /** Holds back for a schema change, until that is carried out. */
  static Barrier ddl(SinkRecord record, Decoded.Ddl ddl) {
    return new Barrier(record, ddl, false);
  }

  /** Holds back for a row that is spread over slots in another way than those before it. */
  static Barrier layoutChange(SinkRecord record) {
    return new Barrier(record, null, false);
  }

  /** Holds back until the progress of a topic that was made again is forgotten. */
  static Barrier startOver(SinkRecord record) {
    return new Barrier(record, null, true);
  }

  /** For how long it has held back, nanoseconds. */
  long ageNanos(long nowNanos) {
    return nowNanos - sinceNanos;
  }

  boolean startsOver() {
    return startsOver;
  }

  SinkRecord record() {
    return record;
  }

  /** The schema change; null when there is none. */
  Decoded.Ddl ddl() {
    return ddl;
  }

  /** The running change; null while it waits. */
  CompletableFuture<Set<TableId>> result() {
    return result;
  }

  void started(CompletableFuture<Set<TableId>> running) {
    result = running;
  }
}
