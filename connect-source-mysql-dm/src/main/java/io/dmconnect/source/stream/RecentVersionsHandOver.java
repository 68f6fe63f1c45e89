package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.SchemaTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Lets records carry the schema versions again that the stream's offset states at a start, as
 * offsets of their tables: the stream's offset would state for ever those of a table that does not
 * change any more. Belongs to the engine's thread.
 */
public final class RecentVersionsHandOver {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long RECORD_BYTES = 32 << 10;

  private final SourcePartitions partitions;
  private final String topic;
  private final RecordQueue queue;
  private final Delivery delivery;
  private final UncommittedVersions uncommitted;

  /**
   * A hand-over.
   *
   * @param partitions names the offsets
   * @param topic where the records go
   * @param queue takes them
   * @param delivery tells when they are there
   * @param uncommitted knows the versions
   */
  public RecentVersionsHandOver(
      SourcePartitions partitions,
      String topic,
      RecordQueue queue,
      Delivery delivery,
      UncommittedVersions uncommitted) {
    this.partitions = partitions;
    this.topic = topic;
    this.queue = queue;
    this.delivery = delivery;
    this.uncommitted = uncommitted;
  }

  /**
   * Hands the records over and waits until they are in the topic.
   *
   * @param recent what the stream's offset states
   * @param offsets the offsets with these versions over those of the tables
   * @param listed gets the tables' names first, which were told by these versions, too
   * @throws InterruptedException when the task stops
   */
  public void run(RecentVersions recent, OffsetReader offsets, SchemaTables listed)
      throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>(listed.add(recent.tables()));
    recent.tables().forEach(table -> records.add(record(table, offsets)));
    if (records.isEmpty()) {
      return;
    }
    records.forEach(delivery::expect);
    RecordBatch batch = new RecordBatch(records, records.size() * RECORD_BYTES, true);
    queue.put(batch);
    // A worker that tells of deliveries at its commits makes one only behind a later batch.
    while (!delivery.await(PATIENCE)) {
      queue.put(batch);
    }
    uncommitted.delivered();
  }

  private SourceRecord record(TableId table, OffsetReader offsets) {
    return new SourceRecord(
        partitions.table(table),
        offsets.read(partitions.table(table)),
        topic,
        0,
        null,
        null,
        Schema.STRING_SCHEMA,
        "versions of " + table);
  }
}
