package io.dmconnect.bench.micro;

import io.dmconnect.model.filter.BinlogEventFilter;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.TableVersions;
import io.dmconnect.source.schema.Topics;
import io.dmconnect.source.stream.BatchWriter;
import io.dmconnect.source.stream.EventGate;
import io.dmconnect.source.stream.MissingTables;
import io.dmconnect.source.stream.RowEmitter;
import io.dmconnect.source.stream.SourceIdentity;
import io.dmconnect.source.stream.StatementHandler;
import io.dmconnect.source.stream.StreamHandler;
import io.dmconnect.source.stream.StreamMetrics;
import io.dmconnect.source.stream.TableChanger;
import io.dmconnect.source.value.JsonStyle;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The source's stream from raw events to the queue that {@code poll()} takes from, fed by hand. Its
 * events change no schema.
 */
final class StreamReplay {
  static final String PREFIX = "bench";
  private static final BinlogPosition START =
      new BinlogPosition("binlog.000001", 4, GtidSet.empty());

  private final StreamHandler handler;
  private final RecordQueue queue = new RecordQueue(256 << 20, Integer.MAX_VALUE);

  StreamReplay(Recording recording) {
    SourcePartitions partitions = new SourcePartitions(PREFIX);
    Topics topics = new Topics(PREFIX);
    TableVersions versions = new TableVersions(topics, JsonStyle.CURRENT, 1);
    SchemaStore schemas =
        new SchemaStore(
            table -> false,
            false,
            versions,
            partitions,
            partition -> null,
            new SchemaTables(
                partitions, partition -> null, RecentVersions.NONE, topics.heartbeats()));
    schemas.startAt(START, START);
    for (RecordedTable table : recording.tables().values()) {
      String schema = TableSchemaJson.write(table.schema());
      schemas.add(table.id(), SnapshotOffset.start(START, schema).done(START));
    }
    BatchWriter out =
        new BatchWriter(
            queue,
            partitions.stream(),
            topics.heartbeats(),
            Duration.ZERO,
            false,
            System::nanoTime);
    StreamMetrics metrics = new StreamMetrics();
    EventGate gate = new EventGate(new BinlogEventFilter(List.of()));
    RowEmitter rows =
        new RowEmitter(
            new SourceIdentity("0.1.0", PREFIX, "uuid"),
            partitions.stream(),
            false,
            gate,
            out,
            metrics,
            Clock.systemUTC());
    handler =
        new StreamHandler(
            StreamOffset.at(START),
            new UncommittedVersions(false, RecentVersions.NONE),
            schemas,
            new StatementHandler(schemas, new TableChanger(schemas, null, null, gate), null),
            rows,
            out,
            metrics,
            null,
            (table, before) -> null,
            new MissingTables(List.of(), schemas, START, tables -> Map.of()));
    handler.onFile(START.file(), START.offset());
  }

  /** Handles the events of whole transactions; gives what it handed over. */
  List<RecordBatch> replay(List<RawEvent> events) throws InterruptedException {
    for (RawEvent event : events) {
      if (!EventTypes.isRows(event.type()) || handler.wantsRows(event.tableId())) {
        handler.onEvent(event);
      }
    }
    return queue.take(Duration.ZERO);
  }

  /** The records of a section. */
  static List<SourceRecord> records(Recording recording, String section) {
    try {
      List<SourceRecord> records =
          new StreamReplay(recording)
              .replay(recording.section(section)).stream()
                  .flatMap(batch -> batch.records().stream())
                  .toList();
      if (records.size() != Recording.CHANGES) {
        throw new IllegalStateException(section + " has " + records.size() + " records");
      }
      return records;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
