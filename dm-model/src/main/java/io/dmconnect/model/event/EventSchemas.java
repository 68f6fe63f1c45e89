package io.dmconnect.model.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The schemas of the event contract that are the same for every table. */
public final class EventSchemas {

  /** The version of every envelope schema, as Debezium's. */
  public static final int ENVELOPE_VERSION = 2;

  /** The envelope's {@code transaction} block, optional. */
  public static final Schema TRANSACTION =
      SchemaBuilder.struct()
          .name(EventFields.TRANSACTION_SCHEMA)
          .version(1)
          .optional()
          .field(EventFields.ID, Schema.STRING_SCHEMA)
          .field(EventFields.TOTAL_ORDER, Schema.INT64_SCHEMA)
          .field(EventFields.DATA_COLLECTION_ORDER, Schema.INT64_SCHEMA)
          .build();

  private static final Schema TEXTS = SchemaBuilder.array(Schema.STRING_SCHEMA).build();

  /** The envelope's {@code ddl} block, optional. */
  public static final Schema DDL =
      SchemaBuilder.struct()
          .name(EventFields.DDL_SCHEMA)
          .version(1)
          .optional()
          .field(EventFields.ID, Schema.STRING_SCHEMA)
          .field(EventFields.KIND, Schema.STRING_SCHEMA)
          .field(EventFields.DB, Schema.STRING_SCHEMA)
          .field(EventFields.TABLE, Schema.STRING_SCHEMA)
          .field(EventFields.NEW_DB, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.NEW_TABLE, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.STATEMENTS, TEXTS)
          .field(EventFields.DEFAULT_DB, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.SQL_MODE, Schema.STRING_SCHEMA)
          .field(EventFields.TIME_ZONE, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.CHARSET, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.COLLATION, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.TS_US, Schema.INT64_SCHEMA)
          .field(EventFields.SCHEMA_BEFORE, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.SCHEMA_AFTER, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.PARTICIPANTS, TEXTS)
          .field(EventFields.SNAPSHOT, Schema.BOOLEAN_SCHEMA)
          .build();

  /** The envelope of one topic's row schema. */
  static Schema envelope(String topic, Schema row) {
    return SchemaBuilder.struct()
        .name(SchemaNames.legal(topic + EventFields.ENVELOPE_SUFFIX))
        .version(ENVELOPE_VERSION)
        .field(EventFields.BEFORE, row)
        .field(EventFields.AFTER, row)
        .field(EventFields.SOURCE, SourceSchema.SCHEMA)
        .field(EventFields.TRANSACTION, TRANSACTION)
        .field(EventFields.OP, Schema.STRING_SCHEMA)
        .field(EventFields.TS_MS, Schema.OPTIONAL_INT64_SCHEMA)
        .field(EventFields.TS_US, Schema.OPTIONAL_INT64_SCHEMA)
        .field(EventFields.TS_NS, Schema.OPTIONAL_INT64_SCHEMA)
        .field(EventFields.EXACT, Exact.SCHEMA)
        .field(EventFields.DDL, DDL)
        .build();
  }

  private EventSchemas() {}
}
