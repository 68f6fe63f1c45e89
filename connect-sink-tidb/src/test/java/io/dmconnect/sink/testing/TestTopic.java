package io.dmconnect.sink.testing;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.event.DdlEventCodec;
import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.event.SourceSchema;
import io.dmconnect.model.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** One partition of a data topic, written as the source connector does. */
public final class TestTopic {
  /** When the first record was written. */
  public static final long START_MILLIS = 1_800_000_000_000L;

  private final TopicPartition partition;
  private final TableId table;
  private final List<SinkRecord> records = new ArrayList<>();
  private TableSchema schema;
  private RowSchemas schemas;
  private long binlogPos = 4;
  private boolean opaqueKeys;

  /** The topic of a table of the source {@code src}. */
  public TestTopic(TableId table, TableSchema schema) {
    this(table, schema, 0);
  }

  /** One of several partitions of the topic of a table of the source {@code src}. */
  public TestTopic(TableId table, TableSchema schema, int partition) {
    this.partition = new TopicPartition(name(table), partition);
    this.table = table;
    schema(schema);
  }

  /** The name of a table's topic, with {@code _} for what Kafka does not take in one. */
  public static String name(TableId table) {
    return "src." + table.toString().replaceAll("[^a-zA-Z0-9._-]", "_");
  }

  /** Leaves the keys of later records as the bytes they are in the topic. */
  public TestTopic withOpaqueKeys() {
    opaqueKeys = true;
    return this;
  }

  /** The table's definition from now on. */
  public void schema(TableSchema changed) {
    schema = changed;
    schemas = RowSchemas.of(partition.topic(), changed);
  }

  /** The table's definition. */
  public TableSchema schema() {
    return schema;
  }

  /** The partition. */
  public TopicPartition partition() {
    return partition;
  }

  /** The records from an offset on. */
  public List<SinkRecord> from(long offset) {
    return List.copyOf(records.subList((int) offset, records.size()));
  }

  /** The last record. */
  public SinkRecord last() {
    return records.get(records.size() - 1);
  }

  /** Adds an insert. */
  public SinkRecord insert(Object... values) {
    return row(Op.CREATE, null, values);
  }

  /** Adds a snapshot row. */
  public SinkRecord read(Object... values) {
    return row(Op.READ, null, values);
  }

  /** Adds an update. */
  public SinkRecord update(Object[] before, Object... after) {
    return row(Op.UPDATE, before, after);
  }

  /** Adds a delete. */
  public SinkRecord delete(Object... values) {
    return row(Op.DELETE, values, (Object[]) null);
  }

  /** Adds a copy of an earlier record: the source was killed and sends it again. */
  public SinkRecord again(SinkRecord record) {
    return add(record.keySchema(), record.key(), record.valueSchema(), record.value());
  }

  private SinkRecord row(Op op, Object[] before, Object... after) {
    Struct value = new Struct(schemas.envelope());
    Struct beforeRow = before == null ? null : struct(before);
    Struct afterRow = after == null ? null : struct(after);
    value.put(EventFields.BEFORE, beforeRow);
    value.put(EventFields.AFTER, afterRow);
    value.put(EventFields.SOURCE, source());
    value.put(EventFields.OP, op.code());
    Struct key = null;
    if (schemas.key() != null) {
      Struct row = after == null ? beforeRow : afterRow;
      key = new Struct(schemas.key());
      for (Field field : schemas.key().fields()) {
        key.put(field, row.get(field.name()));
      }
    }

    return opaqueKeys && key != null
        ? add(
            Schema.OPTIONAL_BYTES_SCHEMA,
            key.toString().getBytes(StandardCharsets.UTF_8),
            schemas.envelope(),
            value)
        : add(schemas.key(), key, schemas.envelope(), value);
  }

  /** Adds a schema change; its schema after, if any, is the table's from then on. */
  public SinkRecord ddl(DdlEvent event) {
    if (event.after() != null) {
      schema(event.after());
    }

    Struct value = new Struct(schemas.envelope());
    value.put(EventFields.SOURCE, source());
    value.put(EventFields.OP, Op.DDL.code());
    value.put(EventFields.DDL, DdlEventCodec.encode(event));
    return add(null, null, schemas.envelope(), value);
  }

  private Struct struct(Object[] values) {
    Struct row = new Struct(schemas.row());
    for (int i = 0; i < values.length; i++) {
      row.put(schemas.row().fields().get(i), values[i]);
    }

    return row;
  }

  private Struct source() {
    binlogPos += 100;
    return new Struct(SourceSchema.SCHEMA)
        .put(EventFields.VERSION, "1")
        .put(EventFields.CONNECTOR, SourceSchema.CONNECTOR_MYSQL)
        .put(EventFields.NAME, "src")
        .put(EventFields.TS_MS, START_MILLIS + binlogPos / 100)
        .put(EventFields.DB, table.schema())
        .put(EventFields.TABLE, table.table())
        .put(EventFields.SERVER_ID, 1L)
        .put(EventFields.FILE, "binlog.000001")
        .put(EventFields.POS, binlogPos)
        .put(EventFields.ROW, 0);
  }

  private SinkRecord add(Schema keySchema, Object key, Schema valueSchema, Object value) {
    SinkRecord record =
        new SinkRecord(
            partition.topic(),
            partition.partition(),
            keySchema,
            key,
            valueSchema,
            value,
            records.size(),
            START_MILLIS + records.size(),
            TimestampType.CREATE_TIME);
    records.add(record);
    return record;
  }
}
