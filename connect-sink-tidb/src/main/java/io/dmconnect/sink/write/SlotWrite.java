package io.dmconnect.sink.write;

import io.dmconnect.sink.progress.RecordMark;
import io.dmconnect.sink.row.ChangeKind;
import io.dmconnect.sink.row.RowChange;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Rows of one slot and the progress that is durable together with them.
 *
 * @param partition the partition the rows came from
 * @param slot the slot's number
 * @param epoch the owner's epoch
 * @param from the offset the store must hold now
 * @param to the offset it holds afterwards; greater than {@code from}
 * @param mark what is known of the record at {@code to}
 * @param layout how rows are spread over slots; null when no row was seen yet
 * @param rows the changes in order; may be empty
 * @param offsets the offset of each row, by its place
 * @param records the records the rows were made of, one each; empty when they are not kept
 */
public record SlotWrite(
    TopicPartition partition,
    int slot,
    long epoch,
    long from,
    long to,
    RecordMark mark,
    String layout,
    List<RowChange> rows,
    IntToLongFunction offsets,
    List<SinkRecord> records) {

  /** Whether rows of a snapshot are among the changes. */
  boolean hasSnapshotRows() {
    for (RowChange row : rows) {
      if (row.kind() == ChangeKind.READ) {
        return true;
      }
    }

    return false;
  }
}
