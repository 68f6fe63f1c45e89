package io.dmconnect.source.stream;

import io.dmconnect.model.event.FastStruct;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.record.EventRecords;
import io.dmconnect.source.record.RecordSink;
import io.dmconnect.source.record.SourceInfo;
import io.dmconnect.source.rows.RowsEvent;
import io.dmconnect.source.rows.RowsKind;
import io.dmconnect.source.rows.RowsReader;
import io.dmconnect.source.schema.KeyPartitioner;
import io.dmconnect.source.schema.TableVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes records of the rows of an event. Belongs to the reading thread. */
public final class RowEmitter implements RecordSink {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final SourceIdentity identity;
  private final Map<String, String> partition;
  private final boolean tombstones;
  private final EventGate filter;
  private final BatchWriter out;
  private final StreamMetrics metrics;
  private final Clock clock;

  private StreamCursor cursor;
  private String topic;
  private KeyPartitioner partitioner;
  private Schema keySchema;
  private Schema valueSchema;

  /**
   * An emitter.
   *
   * @param identity what every record says
   * @param partition the stream's source partition
   * @param tombstones whether a null value follows a deleted key
   * @param filter which row changes go on
   * @param out takes the records
   * @param metrics counts rows
   * @param clock tells when records are made
   */
  public RowEmitter(
      SourceIdentity identity,
      Map<String, String> partition,
      boolean tombstones,
      EventGate filter,
      BatchWriter out,
      StreamMetrics metrics,
      Clock clock) {
    this.identity = identity;
    this.partition = partition;
    this.tombstones = tombstones;
    this.filter = filter;
    this.out = out;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Decodes the event's rows, leaves out those handed over before a restart.
   *
   * @param end the offset after the transaction when this is its last event; null otherwise
   */
  void emit(RawEvent event, Target target, StreamCursor at, StreamOffset end) {
    cursor = at;
    String where = at.file() + ':' + event.start();
    TableVersion version = target.version(where);
    topic = version.topic();
    partitioner = version.partitioner();
    keySchema = version.codec().schemas().key();
    valueSchema = version.codec().schemas().envelope();
    byte[] body = event.body();
    RowsEvent head = RowsEvent.parse(event.type(), body, 0, body.length);
    boolean ignored =
        !target.table().isCaptured() || filter.ignores(target.table().table(), head.kind(), where);
    RowsReader reader = target.binding().reader(head, where);
    EventRecords records = version.records().event(info(event, target, at), nanos());
    long before = at.changes();
    SourceRecord last = null;
    while (reader.next()) {
      if (!at.isRepeated() && !ignored) {
        last = one(head.kind(), reader, records, (int) at.changes());
      }
      at.counted();
    }
    int made = (int) (at.changes() - before);
    metrics.rows(made);
    out.weigh(body.length, made);
    if (end != null && last != null) {
      out.replaceLast(withOffset(last, end));
    }
  }

  private SourceRecord one(RowsKind kind, RowsReader reader, EventRecords records, int ordinal) {
    switch (kind) {
      case INSERT -> records.insert(reader.after(), ordinal, this);
      case UPDATE -> records.update(reader.before(), reader.after(), ordinal, this);
      case DELETE -> {
        records.delete(reader.before(), ordinal, this);
        if (tombstones && keySchema != null) {
          return tombstone();
        }
      }
    }
    return out.last();
  }

  /** Behind the delete, which then must not carry the advanced offset itself. */
  private SourceRecord tombstone() {
    SourceRecord delete = out.last();
    out.replaceLast(withOffset(delete, cursor.offset(cursor.changes())));
    SourceRecord tombstone =
        new SourceRecord(
            partition,
            cursor.offset(cursor.changes() + 1),
            topic,
            delete.kafkaPartition(),
            keySchema,
            delete.key(),
            null,
            null);
    out.add(tombstone);
    return tombstone;
  }

  @Override
  public void accept(Struct key, FastStruct value, boolean last) {
    long handedOver = last ? cursor.changes() + 1 : cursor.changes();
    out.add(
        new SourceRecord(
            partition,
            cursor.offset(handedOver),
            topic,
            partitioner.of(key),
            keySchema,
            key,
            valueSchema,
            value));
  }

  private SourceInfo info(RawEvent event, Target target, StreamCursor at) {
    Transaction transaction = at.transaction();
    return new SourceInfo(
        identity.version(),
        identity.name(),
        event.timestampSeconds() * MICROS_PER_SECOND,
        false,
        target.table().table(),
        event.serverId(),
        at.gtid(),
        at.file(),
        event.start(),
        null,
        null,
        target.table().isSafeMode(transaction));
  }

  private long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static SourceRecord withOffset(SourceRecord record, StreamOffset offset) {
    return new SourceRecord(
        record.sourcePartition(),
        offset,
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        record.valueSchema(),
        record.value());
  }
}
