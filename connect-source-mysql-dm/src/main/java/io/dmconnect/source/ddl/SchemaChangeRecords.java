package io.dmconnect.source.ddl;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.SourceSchema;
import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.record.SourceInfo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of the topic of all schema changes, in the format of Debezium 3.6. */
public final class SchemaChangeRecords {
  private static final String PACKAGE = "io.debezium.connector.schema.";

  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("io.debezium.connector.mysql.SchemaChangeKey")
          .version(1)
          .field("databaseName", Schema.STRING_SCHEMA)
          .build();

  private static final Schema ATTRIBUTE =
      SchemaBuilder.struct()
          .name(PACKAGE + "Attribute")
          .version(1)
          .field("name", Schema.STRING_SCHEMA)
          .field("value", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private static final Schema COLUMN =
      SchemaBuilder.struct()
          .name(PACKAGE + "Column")
          .version(1)
          .field("name", Schema.STRING_SCHEMA)
          .field("jdbcType", Schema.INT32_SCHEMA)
          .field("nativeType", Schema.OPTIONAL_INT32_SCHEMA)
          .field("typeName", Schema.STRING_SCHEMA)
          .field("typeExpression", Schema.OPTIONAL_STRING_SCHEMA)
          .field("charsetName", Schema.OPTIONAL_STRING_SCHEMA)
          .field("length", Schema.OPTIONAL_INT32_SCHEMA)
          .field("scale", Schema.OPTIONAL_INT32_SCHEMA)
          .field("position", Schema.INT32_SCHEMA)
          .field("optional", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("autoIncremented", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("generated", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
          .field("defaultValueExpression", Schema.OPTIONAL_STRING_SCHEMA)
          .field("enumValues", texts())
          .build();

  private static final Schema TABLE =
      SchemaBuilder.struct()
          .name(PACKAGE + "Table")
          .version(1)
          .optional()
          .field("defaultCharsetName", Schema.OPTIONAL_STRING_SCHEMA)
          .field("primaryKeyColumnNames", texts())
          .field("columns", SchemaBuilder.array(COLUMN).build())
          .field("attributes", SchemaBuilder.array(ATTRIBUTE).optional().build())
          .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private static final Schema CHANGE =
      SchemaBuilder.struct()
          .name(PACKAGE + "Change")
          .version(1)
          .field("type", Schema.STRING_SCHEMA)
          .field("id", Schema.STRING_SCHEMA)
          .field("table", TABLE)
          .build();

  private static final Schema VALUE =
      SchemaBuilder.struct()
          .name("io.debezium.connector.mysql.SchemaChangeValue")
          .version(1)
          .field("source", SourceSchema.SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .field("databaseName", Schema.OPTIONAL_STRING_SCHEMA)
          .field("schemaName", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ddl", Schema.OPTIONAL_STRING_SCHEMA)
          .field("tableChanges", SchemaBuilder.array(CHANGE).build())
          .build();

  private final String topic;
  private final Clock clock;

  /** Records for that topic, stamped with that clock's time. */
  public SchemaChangeRecords(String topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  /**
   * One changed table.
   *
   * @param table the table after the change
   * @param schema its definition; null when it is gone
   * @param created whether the statement made it
   */
  public record Change(TableId table, TableSchema schema, boolean created) {}

  /**
   * One record.
   *
   * @param sql the statement as upstream
   * @param changes the captured tables it changed
   * @param info the source block; its table's schema is the record's key
   * @param ordinal the change's ordinal in its transaction
   * @param partition the source partition the offset belongs to
   * @param offset the offset the record carries
   */
  public SourceRecord of(
      String sql,
      List<Change> changes,
      SourceInfo info,
      int ordinal,
      Map<String, ?> partition,
      Map<String, ?> offset) {
    String database = info.table().schema();
    List<Struct> tableChanges = new ArrayList<>();
    for (Change change : changes) {
      tableChanges.add(change(change));
    }
    Struct value =
        new Struct(VALUE)
            .put("source", info.struct(ordinal))
            .put("ts_ms", clock.millis())
            .put("databaseName", database)
            .put("ddl", sql)
            .put("tableChanges", tableChanges);
    Struct key = new Struct(KEY).put("databaseName", database);
    return new SourceRecord(partition, offset, topic, 0, KEY, key, VALUE, value);
  }

  private static Struct change(Change change) {
    String type = change.schema() == null ? "DROP" : change.created() ? "CREATE" : "ALTER";
    String id = "\"" + change.table().schema() + "\".\"" + change.table().table() + "\"";
    return new Struct(CHANGE)
        .put("type", type)
        .put("id", id)
        .put("table", change.schema() == null ? null : table(change.schema()));
  }

  private static Struct table(TableSchema schema) {
    List<Struct> columns = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      columns.add(column(schema.columns().get(i), i + 1));
    }
    List<String> key =
        schema.primaryKey().map(IndexSchema::parts).orElse(List.of()).stream()
            .map(IndexSchema.Part::column)
            .toList();
    return new Struct(TABLE)
        .put("defaultCharsetName", schema.options().get("charset"))
        .put("primaryKeyColumnNames", key)
        .put("columns", columns)
        .put("comment", schema.options().get("comment"));
  }

  private static Struct column(ColumnSchema column, int position) {
    String type = JdbcTypes.typeName(column.type());
    return new Struct(COLUMN)
        .put("name", column.name())
        .put("jdbcType", JdbcTypes.of(column.type()))
        .put("typeName", type)
        .put("typeExpression", type)
        .put("charsetName", column.type().charset())
        .put("length", column.type().length() < 0 ? null : column.type().length())
        .put("scale", column.type().scale() < 0 ? null : column.type().scale())
        .put("position", position)
        .put("optional", column.nullable())
        .put("autoIncremented", column.autoIncrement())
        .put("generated", !column.isWritten())
        .put("comment", column.comment())
        .put("defaultValueExpression", column.defaultSql())
        .put("enumValues", column.type().members().isEmpty() ? null : column.type().members());
  }

  private static Schema texts() {
    return SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build();
  }
}
