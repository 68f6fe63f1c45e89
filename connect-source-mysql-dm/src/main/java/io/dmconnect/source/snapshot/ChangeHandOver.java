package io.dmconnect.source.snapshot;

import io.dmconnect.source.queue.RecordBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Hands a dump's schema changes over to all partitions of its topic, to the first one before the
 * others: whatever a kill leaves of a change, the first partition has it when any has. A reader
 * relies on that to tell a change that never comes. Belongs to one thread.
 */
final class ChangeHandOver {
  /** A worker that tells of deliveries at its commits may make one only behind a later batch. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long CARRIER_BYTES = 1024;

  private final SnapshotContext context;
  private final RowHandOver out;

  /** Makes the change's record in a partition of the topic. */
  interface Change {
    SourceRecord in(int kafkaPartition, Map<String, Object> offset);
  }

  ChangeHandOver(SnapshotContext context, RowHandOver out) {
    this.context = context;
    this.out = out;
  }

  /**
   * Hands a change over; its last record is held back.
   *
   * @param size about the bytes of each record
   * @param incomplete the offset of what is held back and of all records but the last
   */
  void run(Change change, long size, Map<String, Object> incomplete) throws InterruptedException {
    int partitions = context.records().topicPartitions();
    if (partitions == 1) {
      out.next(offset -> change.in(0, offset), size, incomplete);
      return;
    }
    SourceRecord[] first = new SourceRecord[1];
    Receipts.Receipt receipt = context.receipts().expect();
    out.next(offset -> first[0] = receipt.of(change.in(0, offset)), size, incomplete);
    out.release(incomplete);
    out.flush();
    while (!receipt.await(PATIENCE)) {
      SourceRecord sent = first[0];
      SourceRecord carrier =
          context.records().carrier(sent.sourcePartition(), sent.sourceOffset(), sent.topic());
      context.queue().put(new RecordBatch(List.of(carrier), CARRIER_BYTES, true));
    }
    for (int i = 1; i < partitions; i++) {
      int kafkaPartition = i;
      out.next(offset -> change.in(kafkaPartition, offset), size, incomplete);
    }
  }
}
