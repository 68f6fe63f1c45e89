package io.dmconnect.model.event;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * The fields of one envelope schema, looked up once. Fields that are not Debezium's are null in
 * records of others.
 */
record EnvelopeFields(
    Schema schema,
    Field op,
    Field before,
    Field after,
    Field source,
    Field exact,
    Field ddl,
    Field safeMode,
    Field sourceMillis,
    Field exactBefore,
    Field exactAfter) {

  /** The fields of that schema; null when it is not an envelope. */
  static EnvelopeFields of(Schema schema) {
    if (schema.type() != Schema.Type.STRUCT
        || schema.field(EventFields.OP) == null
        || schema.field(EventFields.BEFORE) == null
        || schema.field(EventFields.AFTER) == null) {
      return null;
    }

    Field source = schema.field(EventFields.SOURCE);
    Field exact = schema.field(EventFields.EXACT);
    return new EnvelopeFields(
        schema,
        schema.field(EventFields.OP),
        schema.field(EventFields.BEFORE),
        schema.field(EventFields.AFTER),
        source,
        exact,
        schema.field(EventFields.DDL),
        inside(source, EventFields.SAFE_MODE),
        inside(source, EventFields.TS_MS),
        inside(exact, EventFields.BEFORE),
        inside(exact, EventFields.AFTER));
  }

  private static Field inside(Field block, String name) {
    return block == null ? null : block.schema().field(name);
  }
}
