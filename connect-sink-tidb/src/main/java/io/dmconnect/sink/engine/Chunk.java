package io.dmconnect.sink.engine;

import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.row.RowChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Consecutive rows of one slot on their way to a writer, and the offset that is durable of the slot
 * once they are. Filled by the task's thread, then handed over.
 */
final class Chunk {
  private final SlotState slot;
  private final SlotLayout layout;
  private final List<RowChange> rows = new ArrayList<>();
  private final List<SinkRecord> records;
  private long[] offsets = new long[16];
  private long bytes;
  private long to;
  private long sourceMillis;
  private RecordMark mark;

  Chunk(SlotState slot, SlotLayout layout, boolean keepRecords) {
    this.slot = slot;
    this.layout = layout;
    this.records = keepRecords ? new ArrayList<>() : List.of();
  }

  void add(RowChange change, int changeBytes, SinkRecord record, boolean keepRecord) {
    if (rows.size() == offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }

    offsets[rows.size()] = record.originalKafkaOffset();
    rows.add(change);
    bytes += changeBytes;
    if (keepRecord) {
      records.add(record);
    }
  }

  /** States when the first change was committed upstream, milliseconds since the epoch. */
  void since(long millis) {
    sourceMillis = millis;
  }

  /** When the first change was committed upstream; 0 when unknown. */
  long sourceMillis() {
    return sourceMillis;
  }

  /** States up to which offset everything of the slot is in this chunk or an earlier one. */
  void seal(long offset, RecordMark offsetMark) {
    to = offset;
    mark = offsetMark;
  }

  SlotState slot() {
    return slot;
  }

  SlotLayout layout() {
    return layout;
  }

  List<RowChange> rows() {
    return rows;
  }

  /** The rows' offsets; the array may be longer. */
  long[] offsets() {
    return offsets;
  }

  List<SinkRecord> records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  long to() {
    return to;
  }

  RecordMark mark() {
    return mark;
  }
}
