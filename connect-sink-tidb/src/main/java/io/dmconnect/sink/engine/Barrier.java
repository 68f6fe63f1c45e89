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
  private CompletableFuture<Set<TableId>> result;

  private Barrier(SinkRecord record, Decoded.Ddl ddl) {
    this.record = record;
    this.ddl = ddl;
  }

  /** Holds back for a schema change, until that is carried out. */
  static Barrier ddl(SinkRecord record, Decoded.Ddl ddl) {
    return new Barrier(record, ddl);
  }

  /** Holds back for a row that is spread over slots in another way than those before it. */
  static Barrier layoutChange(SinkRecord record) {
    return new Barrier(record, null);
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
