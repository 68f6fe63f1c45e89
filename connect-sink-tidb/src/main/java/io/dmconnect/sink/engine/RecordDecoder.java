package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.row.RowChange;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes sense of records. Used by the task's thread only. */
interface RecordDecoder {

  /**
   * What a record means; nothing when the source sent its row before. Such a row may be of a
   * definition that the table had before a schema change and is not looked at.
   *
   * @param seen the last new change of the record's partition; null when there was none
   * @throws io.dmconnect.model.error.DmException when it means nothing, or does not fit the target
   */
  Decoded decode(SinkRecord record, SourcePosition seen);

  /** The change in a form that may be applied to a target that has it already. */
  RowChange idempotent(RowChange change);

  /** What tells this record from any other of its partition. */
  String fingerprint(SinkRecord record);

  /** The upstream table of a change; null when the record tells of none. */
  Origin origin(SinkRecord record);

  /** Target tables changed that another task or partition changed. */
  void targetsChanged(Set<TableId> targets);

  /** Partitions came from other tasks, which may have changed any table meanwhile. */
  void partitionsTakenOver();

  /**
   * Where a change comes from.
   *
   * @param source the source's id
   * @param table the upstream table
   */
  record Origin(String source, TableId table) {}

  /** A schema change of these target tables was carried out; {@code record} told of it. */
  void schemaChanged(SinkRecord record, DdlEvent event, Set<TableId> targets);
}
