package io.dmconnect.source.snapshot;

import io.dmconnect.source.offset.SelectionMark;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.schema.TableVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Tells in tables' topics that they are captured from now on, or not any more. Belongs to the
 * engine's thread.
 */
public final class SelectionNotices {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long RECORD_BYTES = 8 << 10;

  private final SnapshotContext context;
  private final boolean transactional;

  /**
   * Notices of that snapshot's tables.
   *
   * @param transactional whether records and offsets are written in one transaction, in order, so
   *     that there is nothing to wait for
   */
  public SelectionNotices(SnapshotContext context, boolean transactional) {
    this.context = context;
    this.transactional = transactional;
  }

  /** Now, as part of an id: microseconds since the epoch. */
  public long micros() {
    return context.records().micros();
  }

  /** Hands over offsets without records of their tables. */
  public void carry(Map<Map<String, String>, SelectionMark> marks) throws InterruptedException {
    List<SourceRecord> carriers = new ArrayList<>();
    marks.forEach((partition, mark) -> carriers.add(carrier(partition, mark.toMap())));
    put(carriers);
  }

  private void put(List<SourceRecord> records) throws InterruptedException {
    if (!records.isEmpty()) {
      context.queue().put(new RecordBatch(records, records.size() * RECORD_BYTES, true));
    }
  }

  private SourceRecord carrier(Map<String, ?> partition, Map<String, ?> offset) {
    return context.records().carrier(partition, offset, "selection");
  }

  /**
   * What is told in one table's topic.
   *
   * @param version the table as it is where the stream is
   * @param mark whether it is captured
   */
  public record Notice(TableVersion version, SelectionMark mark) {}

  /**
   * Tells it in all partitions of the tables' topics, in the first ones before the others, and
   * waits until it is there.
   *
   * @param at where the stream is
   */
  public void tell(List<Notice> notices, BinlogPosition at) throws InterruptedException {
    int partitions = context.records().topicPartitions();
    List<Sent> sent = new ArrayList<>();
    for (Notice notice : notices) {
      sent.add(sent(notice, 0, partitions == 1, at));
    }
    hand(sent);
    sent.clear();
    for (Notice notice : notices) {
      for (int i = 1; i < partitions; i++) {
        sent.add(sent(notice, i, i == partitions - 1, at));
      }
    }
    hand(sent);
  }

  private record Sent(SourceRecord record, Receipts.Receipt receipt) {}

  private Sent sent(Notice notice, int kafkaPartition, boolean last, BinlogPosition at) {
    SelectionMark mark = last ? notice.mark().asTold() : notice.mark();
    SourceRecord record =
        context
            .records()
            .selection(notice.version(), notice.mark(), at, kafkaPartition, mark.toMap());
    Receipts.Receipt receipt = context.receipts().expect();
    return new Sent(receipt.of(record), receipt);
  }

  private void hand(List<Sent> sent) throws InterruptedException {
    List<SourceRecord> records = sent.stream().map(Sent::record).toList();
    put(records);
    if (transactional) {
      return;
    }
    for (Sent one : sent) {
      while (!one.receipt().await(PATIENCE)) {
        // A worker that tells of deliveries at its commits may make one only behind a later batch.
        put(List.of(carrier(one.record().sourcePartition(), one.record().sourceOffset())));
      }
    }
  }
}
