package io.dmconnect.model.event;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The schema of the envelope's {@code source} block. */
public final class SourceSchema {

  /** The block's schema. Its name, version and fields are Debezium's plus {@code safe_mode}. */
  public static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name(EventFields.SOURCE_SCHEMA)
          .version(1)
          .field(EventFields.VERSION, Schema.STRING_SCHEMA)
          .field(EventFields.CONNECTOR, Schema.STRING_SCHEMA)
          .field(EventFields.NAME, Schema.STRING_SCHEMA)
          .field(EventFields.TS_MS, Schema.INT64_SCHEMA)
          .field(EventFields.SNAPSHOT, snapshot())
          .field(EventFields.DB, Schema.STRING_SCHEMA)
          .field(EventFields.SEQUENCE, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.TS_US, Schema.OPTIONAL_INT64_SCHEMA)
          .field(EventFields.TS_NS, Schema.OPTIONAL_INT64_SCHEMA)
          .field(EventFields.TABLE, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.SERVER_ID, Schema.INT64_SCHEMA)
          .field(EventFields.GTID, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.FILE, Schema.STRING_SCHEMA)
          .field(EventFields.POS, Schema.INT64_SCHEMA)
          .field(EventFields.ROW, Schema.INT32_SCHEMA)
          .field(EventFields.THREAD, Schema.OPTIONAL_INT64_SCHEMA)
          .field(EventFields.QUERY, Schema.OPTIONAL_STRING_SCHEMA)
          .field(EventFields.SAFE_MODE, Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .build();

  /** The value of {@code connector}. */
  public static final String CONNECTOR_MYSQL = "mysql";

  /** The value of {@code snapshot} on records of the snapshot. */
  public static final String SNAPSHOT_TRUE = "true";

  /** The value of {@code snapshot} on other records; also what null means. */
  public static final String SNAPSHOT_FALSE = "false";

  private static Schema snapshot() {
    return SchemaBuilder.string()
        .name(EventFields.ENUM)
        .version(1)
        .parameter(
            EventFields.ALLOWED,
            "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental")
        .defaultValue(SNAPSHOT_FALSE)
        .optional()
        .build();
  }

  private SourceSchema() {}
}
