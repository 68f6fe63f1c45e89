package io.dmconnect.source.snapshot;

import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Hands a table's records over with the newest one held back: what offset it carries is known only
 * when the next one is there, or the table's end. Belongs to one thread.
 */
final class RowHandOver {
  private static final long BATCH_BYTES = 512 * 1024;
  private static final int RECORD_OVERHEAD = 600;

  /** Makes a record that carries the offset. */
  interface Held {
    SourceRecord with(Map<String, Object> offset);
  }

  private final RecordQueue queue;
  private List<SourceRecord> records = new ArrayList<>();
  private long bytes;
  private Held held;
  private long heldBytes;

  RowHandOver(RecordQueue queue) {
    this.queue = queue;
  }

  /** Takes a record; the one before it goes out with the offset. */
  void next(Held record, long size, Map<String, Object> offsetOfLast) throws InterruptedException {
    next(record, size, offsetOfLast, () -> offsetOfLast);
  }

  /**
   * Takes a record; the one before it goes out with the offset.
   *
   * @param exactOffsetOfLast the offset behind the one before it, asked for when that ends a batch,
   *     so that with exactly-once delivery no row is written again
   */
  void next(
      Held record,
      long size,
      Map<String, Object> offsetOfLast,
      Supplier<Map<String, Object>> exactOffsetOfLast)
      throws InterruptedException {
    release(offsetOfLast, exactOffsetOfLast);
    held = record;
    heldBytes = size;
  }

  /** The one held back goes out with the offset, if there is one. */
  void release(Map<String, Object> offset) throws InterruptedException {
    release(offset, () -> offset);
  }

  /**
   * Hands all over.
   *
   * @param offset the offset of the last record
   * @param carrier makes a record for the offset when none is held back
   */
  void end(Map<String, Object> offset, Held carrier) throws InterruptedException {
    if (held == null) {
      held = carrier;
      heldBytes = 0;
    }
    release(offset);
    flush();
  }

  private void release(Map<String, Object> offset, Supplier<Map<String, Object>> exact)
      throws InterruptedException {
    if (held == null) {
      return;
    }
    bytes += RECORD_OVERHEAD + 3 * heldBytes;
    boolean full = bytes >= BATCH_BYTES;
    records.add(held.with(full ? exact.get() : offset));
    held = null;
    if (full) {
      flush();
    }
  }

  void flush() throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    queue.put(new RecordBatch(records, bytes, true));
    records = new ArrayList<>();
    bytes = 0;
  }
}
