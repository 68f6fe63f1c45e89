package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.event.DdlEventCodec;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.EventFields;
import io.dmconnect.model.event.EventReader;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.RecordParts;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.route.Route;
import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.row.RowMapper;
import io.dmconnect.sink.table.TargetTable;
import io.dmconnect.sink.target.TargetCatalog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Decodes records of the event contract. Used by the task's thread only. */
final class EventDecoder implements RecordDecoder {
  private static final String SCHEMA_CHANGE = ".SchemaChangeValue";
  private static final String TABLE_CHANGES = "tableChanges";

  private final EventReader reader = new EventReader();
  private final Router router;
  private final TargetCatalog catalog;
  private final SourceSchemas sourceSchemas;
  private final PassedOverColumns passedOver;
  private final int slots;
  private final Map<String, TopicReader> topics = new HashMap<>();

  EventDecoder(
      Router router,
      TargetCatalog catalog,
      SourceSchemas sourceSchemas,
      PassedOverColumns passedOver,
      int slots) {
    this.router = router;
    this.catalog = catalog;
    this.sourceSchemas = sourceSchemas;
    this.passedOver = passedOver;
    this.slots = slots;
  }

  @Override
  public Decoded decode(SinkRecord record, SourcePosition seen) {
    Event event = isSchemaChange(record) ? null : reader.read(record.value());
    if (event == null) {
      return Decoded.Nothing.INSTANCE;
    }

    if (event.op() == Op.DDL) {
      return new Decoded.Ddl(DdlEventCodec.decode(event.ddl()), required(event, EventFields.NAME));
    }

    SourcePosition position = position(event);
    if (position != null && position.isRepeatOf(seen)) {
      return Decoded.Nothing.INSTANCE;
    }

    TopicReader topic = topics.get(record.originalTopic());
    if (topic == null) {
      topic = topicReader(record, event);
      topics.put(record.originalTopic(), topic);
    }

    RowChange change = topic.reader.read(event, false);
    return new Decoded.Row(
        change, topic.layout(change.mapper()), change.keyHash(), change.bytes(), position);
  }

  /** The topic named as the source itself has its schema changes in Debezium's format. */
  private static boolean isSchemaChange(SinkRecord record) {
    Schema schema = record.valueSchema();
    return schema == null
        ? record.value() instanceof Map<?, ?> map
            && map.containsKey(TABLE_CHANGES)
            && !map.containsKey(EventFields.OP)
        : schema.name() != null && schema.name().endsWith(SCHEMA_CHANGE);
  }

  private TopicReader topicReader(SinkRecord record, Event event) {
    TableId upstream =
        new TableId(required(event, EventFields.DB), required(event, EventFields.TABLE));
    String source = required(event, EventFields.NAME);
    Route route = router.route(source, upstream);
    PassedOver columns =
        passedOver.of(
            source,
            upstream,
            route.target(),
            () -> sourceSchemas.load(record.originalTopic(), record.originalKafkaPartition()));
    if (!columns.equals(PassedOver.NOTHING)) {
      // Both have to be of the table as it is now.
      catalog.invalidate(route.target());
    }

    TargetTable target =
        catalog
            .table(route.target())
            .orElseThrow(
                () ->
                    new DmException(
                        SinkError.TARGET_SCHEMA,
                        "The target has no table "
                            + route.target()
                            + " for the rows of "
                            + upstream));
    Map<String, String> added = new LinkedHashMap<>();
    route.columns().forEach(column -> added.put(column.name(), column.value()));
    TableSchema schema =
        record.valueSchema() == null || isOpaque(record.key())
            ? sourceSchemas.load(record.originalTopic(), record.originalKafkaPartition())
            : null;
    RowChangeReader rows =
        new RowChangeReader(upstream, target, keyNames(record, schema), added, columns);
    if (record.valueSchema() == null && schema != null) {
      rows.sourceSchema(schema);
    }

    return new TopicReader(rows, target);
  }

  private static String required(Event event, String field) {
    String value = RecordParts.text(event.source(), field);
    if (value == null) {
      throw new DmException(SinkError.BAD_RECORD, "The source block has no '" + field + "'");
    }

    return value;
  }

  /** A key that the converter left as it is, to save its work. */
  private static boolean isOpaque(Object key) {
    return key instanceof byte[];
  }

  private static List<String> keyNames(SinkRecord record, TableSchema schema) {
    if (isOpaque(record.key())) {
      return schema == null
          ? List.of()
          : schema.primaryKey().map(EventDecoder::columnNames).orElse(List.of());
    }

    if (record.keySchema() != null && record.keySchema().fields() != null) {
      return record.keySchema().fields().stream().map(field -> field.name()).toList();
    }

    return record.key() instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  private static List<String> columnNames(IndexSchema key) {
    return key.parts().stream().map(IndexSchema.Part::column).toList();
  }

  private static SourcePosition position(Event event) {
    String file = event.op() == Op.READ ? null : RecordParts.text(event.source(), EventFields.FILE);
    return file == null
        ? null
        : new SourcePosition(
            file,
            RecordParts.number(event.source(), EventFields.POS, 0),
            (int) RecordParts.number(event.source(), EventFields.ROW, 0),
            event.op() != Op.DELETE,
            event.sourceMillis(),
            RecordParts.text(event.source(), EventFields.GTID));
  }

  @Override
  public RowChange idempotent(RowChange change) {
    return change.asSafe();
  }

  @Override
  public String fingerprint(SinkRecord record) {
    Object source = RecordParts.get(record.value(), EventFields.SOURCE);
    return record.timestamp()
        + " "
        + RecordParts.get(record.value(), EventFields.OP)
        + " "
        + RecordParts.text(source, EventFields.FILE)
        + ":"
        + RecordParts.number(source, EventFields.POS, -1)
        + ":"
        + RecordParts.number(source, EventFields.ROW, -1);
  }

  @Override
  public Origin origin(SinkRecord record) {
    Object source = RecordParts.get(record.value(), EventFields.SOURCE);
    String name = RecordParts.text(source, EventFields.NAME);
    String db = RecordParts.text(source, EventFields.DB);
    String table = RecordParts.text(source, EventFields.TABLE);
    return isSchemaChange(record)
            || name == null
            || db == null
            || table == null
            || isDeselection(record)
        ? null
        : new Origin(name, new TableId(db, table));
  }

  /** The table is in its group no more. */
  private static boolean isDeselection(SinkRecord record) {
    Object ddl = RecordParts.get(record.value(), EventFields.DDL);
    return ddl != null
        && DdlKind.DESELECT_TABLE.name().equals(RecordParts.text(ddl, EventFields.KIND));
  }

  @Override
  public void targetsChanged(Set<TableId> targets) {
    passedOver.forget();
    targets.forEach(catalog::invalidate);
    topics.values().removeIf(topic -> targets.contains(topic.target.id()));
  }

  @Override
  public void partitionsTakenOver() {
    passedOver.forget();
    catalog.invalidateAll();
    topics.clear();
  }

  @Override
  public void schemaChanged(SinkRecord record, DdlEvent event, Set<TableId> targets) {
    topics.remove(record.originalTopic());
    targetsChanged(targets);
  }

  /** What the rows of one topic are read with. */
  private final class TopicReader {
    private final RowChangeReader reader;
    private final TargetTable target;
    private RowMapper lastMapper;
    private SlotLayout lastLayout;

    TopicReader(RowChangeReader reader, TargetTable target) {
      this.reader = reader;
      this.target = target;
    }

    SlotLayout layout(RowMapper mapper) {
      if (mapper != lastMapper) {
        lastMapper = mapper;
        lastLayout =
            mapper.isSpread()
                ? SlotLayout.byKey(slots, mapper.hashSignature())
                : SlotLayout.single(mapper.isKeyless());
      }

      return lastLayout;
    }
  }
}
