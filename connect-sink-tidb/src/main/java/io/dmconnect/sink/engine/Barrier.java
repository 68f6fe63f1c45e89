package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What holds a partition back until the rows before it are durable. Used by the task's thread only.
 */
final class Barrier {
  private final SinkRecord record;
  private final DdlEvent event;
  private CompletableFuture<Set<TableId>> result;

  private Barrier(SinkRecord record, DdlEvent event) {
    this.record = record;
    this.event = event;
  }

  /** Holds back for a schema change, until that is carried out. */
  static Barrier ddl(SinkRecord record, DdlEvent event) {
    return new Barrier(record, event);
  }

  /** Holds back for a row that is spread over slots in another way than those before it. */
  static Barrier layoutChange(SinkRecord record) {
    return new Barrier(record, null);
  }

  SinkRecord record() {
    return record;
  }

  /** The schema change; null when there is none. */
  DdlEvent event() {
    return event;
  }

  /** The running change; null while it waits. */
  CompletableFuture<Set<TableId>> result() {
    return result;
  }

  void started(CompletableFuture<Set<TableId>> running) {
    result = running;
  }
}
