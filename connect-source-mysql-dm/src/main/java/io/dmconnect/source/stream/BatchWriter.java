package io.dmconnect.source.stream;

import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Collects records and hands them over per transaction, or in parts when a transaction is long.
 * Belongs to the reading thread.
 */
public final class BatchWriter {
  private static final long PART_BYTES = 512 * 1024;
  private static final int RECORD_OVERHEAD = 600;

  private final RecordQueue queue;
  private final Map<String, String> partition;
  private final String heartbeatTopic;
  private final long heartbeatNanos;
  private final boolean transactional;
  private final LongSupplier nanoClock;
  private List<SourceRecord> records = new ArrayList<>();
  private long bytes;
  private long lastHandOver;
  private boolean handedOver;
  private boolean partHandedOver;
  private BinlogPosition carried;

  /**
   * A writer.
   *
   * @param queue takes the batches
   * @param partition the stream's source partition
   * @param heartbeatTopic where positions go that no other record carries
   * @param heartbeat how long a position may wait for that; zero for forever
   * @param transactional whether the end of each transaction that has records must be marked
   * @param nanoClock {@code System::nanoTime}
   */
  public BatchWriter(
      RecordQueue queue,
      Map<String, String> partition,
      String heartbeatTopic,
      Duration heartbeat,
      boolean transactional,
      LongSupplier nanoClock) {
    this.queue = queue;
    this.partition = partition;
    this.heartbeatTopic = heartbeatTopic;
    this.heartbeatNanos = heartbeat.toNanos();
    this.transactional = transactional;
    this.nanoClock = nanoClock;
    this.lastHandOver = nanoClock.getAsLong();
  }

  void add(SourceRecord record) {
    records.add(record);
  }

  /** The last record added. */
  SourceRecord last() {
    return records.get(records.size() - 1);
  }

  /** Replaces the last record added, to give it another offset. */
  void replaceLast(SourceRecord record) {
    records.set(records.size() - 1, record);
  }

  /** Tells how many bytes of events the records added were made of. */
  void weigh(int eventBytes, int recordCount) {
    bytes += 3L * eventBytes + (long) RECORD_OVERHEAD * recordCount;
  }

  void flushWhenFull() throws InterruptedException {
    if (bytes >= PART_BYTES) {
      flush(false);
    }
  }

  void flush(boolean endsTransaction) throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    queue.put(new RecordBatch(records, bytes, endsTransaction));
    records = new ArrayList<>();
    bytes = 0;
    lastHandOver = heartbeatNanos == 0 ? 0 : nanoClock.getAsLong();
    handedOver = true;
    partHandedOver = !endsTransaction;
  }

  /**
   * Hands over the rest of a transaction. One whose last records were handed over before its end
   * was known gets a record that only marks it.
   *
   * @param end where the transaction ends in its file
   */
  void endTransaction(StreamCursor cursor, long end) throws InterruptedException {
    if (transactional && partHandedOver && records.isEmpty()) {
      records.add(carrier(cursor.offsetAfterEnd(end)));
      bytes += RECORD_OVERHEAD;
    }
    flush(true);
  }

  /** Lets a record carry the position when it has moved without one for long. */
  void heartbeat(StreamCursor cursor) throws InterruptedException {
    if (heartbeatNanos == 0 || cursor.inTransaction()) {
      return;
    }
    BinlogPosition position = cursor.position();
    if (handedOver || carried == null) {
      handedOver = false;
      carried = position;
      return;
    }
    if (carried.compareTo(position) == 0 || nanoClock.getAsLong() - lastHandOver < heartbeatNanos) {
      return;
    }
    lastHandOver = nanoClock.getAsLong();
    carried = position;
    carry(cursor.offset(0));
  }

  /** Hands over a record that only carries the offset, behind what was flushed. */
  void carry(StreamOffset offset) throws InterruptedException {
    queue.put(new RecordBatch(List.of(carrier(offset)), RECORD_OVERHEAD, true));
  }

  private SourceRecord carrier(StreamOffset offset) {
    return new SourceRecord(
        partition,
        offset,
        heartbeatTopic,
        0,
        null,
        null,
        Schema.STRING_SCHEMA,
        offset.position().toString());
  }
}
