package io.dmconnect.source.snapshot;

import io.dmconnect.source.offset.SelectionMark;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.schema.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Tells in tables' topics that they are captured from now on, or not any more. Belongs to the
 * engine's thread.
 */
public final class SelectionNotices {
  private static final long CARRIER_BYTES = 1024;

  private final SnapshotContext context;

  /** Notices of that snapshot's tables. */
  public SelectionNotices(SnapshotContext context) {
    this.context = context;
  }

  /** Now, as part of an id: microseconds since the epoch. */
  public long micros() {
    return context.records().micros();
  }

  /** Hands over what is about to be told, as an offset without a record of its table. */
  public void carry(Map<Map<String, String>, SelectionMark> marks) throws InterruptedException {
    List<SourceRecord> carriers = new ArrayList<>();
    marks.forEach((partition, mark) -> carriers.add(carrier(partition, mark.toMap())));
    if (!carriers.isEmpty()) {
      context.queue().put(new RecordBatch(carriers, carriers.size() * CARRIER_BYTES, true));
    }
  }

  private SourceRecord carrier(Map<String, String> partition, Map<String, Object> offset) {
    return context.records().carrier(partition, offset, "selection");
  }

  /**
   * Tells it in all partitions of the table's topic; the last record has the offset that says so.
   *
   * @param version the table as it is where the stream is
   * @param at that position
   */
  public void tell(TableVersion version, SelectionMark mark, BinlogPosition at)
      throws InterruptedException {
    RowHandOver out = new RowHandOver(context.queue());
    new ChangeHandOver(context, out)
        .run(
            (i, offset) -> context.records().selection(version, mark, at, i, offset),
            0,
            mark.toMap());
    Map<String, String> partition = context.partitions().selection(version.table());
    out.end(mark.asTold().toMap(), offset -> carrier(partition, offset));
  }
}
