package io.dmconnect.model.event;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Takes record values apart, with a schema or without. Fields are looked up once per schema
 * instance: converters deliver the same instance for all records of one schema.
 *
 * <p>Not thread-safe; one per task.
 */
public final class EventReader {
  private static final int MAX_SCHEMAS = 10_000;

  private final IdentityHashMap<Schema, EnvelopeFields> fieldsBySchema = new IdentityHashMap<>();
  private EnvelopeFields last;

  /**
   * The event of a record's value.
   *
   * @param value a struct or a map; null for a tombstone
   * @return the event; null for a tombstone
   * @throws DmException when the value is not an envelope of the event contract
   */
  public Event read(Object value) {
    if (value instanceof Struct struct) {
      return read(struct);
    }

    if (value instanceof Map<?, ?> map) {
      return read(map);
    }

    if (value == null) {
      return null;
    }

    throw notAnEvent("its value is a " + value.getClass().getName());
  }

  private Event read(Struct value) {
    EnvelopeFields fields = fields(value.schema());
    Op op = op(value.get(fields.op()));
    Struct source = struct(value, fields.source());
    Struct exact = struct(value, fields.exact());
    return new Event(
        op,
        value.get(fields.before()),
        value.get(fields.after()),
        literals(exact, fields.exactBefore()),
        literals(exact, fields.exactAfter()),
        source != null
            && fields.safeMode() != null
            && Boolean.TRUE.equals(source.get(fields.safeMode())),
        millis(source, fields.sourceMillis()),
        source,
        fields.ddl() == null ? null : value.get(fields.ddl()));
  }

  private static Event read(Map<?, ?> value) {
    Object source = value.get(EventFields.SOURCE);
    Object exact = value.get(EventFields.EXACT);
    return new Event(
        op(value.get(EventFields.OP)),
        value.get(EventFields.BEFORE),
        value.get(EventFields.AFTER),
        literals(RecordParts.get(exact, EventFields.BEFORE)),
        literals(RecordParts.get(exact, EventFields.AFTER)),
        RecordParts.flag(source, EventFields.SAFE_MODE),
        RecordParts.number(source, EventFields.TS_MS, 0),
        source,
        value.get(EventFields.DDL));
  }

  private EnvelopeFields fields(Schema schema) {
    if (last != null && last.schema() == schema) {
      return last;
    }

    EnvelopeFields fields = fieldsBySchema.get(schema);
    if (fields == null) {
      fields = EnvelopeFields.of(schema);
      if (fields == null) {
        throw notAnEvent("its schema is " + schema.name() + ", without op, before and after");
      }

      if (fieldsBySchema.size() >= MAX_SCHEMAS) {
        fieldsBySchema.clear();
      }

      fieldsBySchema.put(schema, fields);
    }

    last = fields;
    return fields;
  }

  private static Op op(Object code) {
    Op op = code instanceof String text ? Op.of(text) : null;
    if (op == null) {
      throw notAnEvent("its op is " + code);
    }

    return op;
  }

  private static Struct struct(Struct value, Field field) {
    return field == null ? null : (Struct) value.get(field);
  }

  private static long millis(Struct source, Field field) {
    return source != null && field != null && source.get(field) instanceof Long millis ? millis : 0;
  }

  private static Map<String, String> literals(Struct exact, Field field) {
    return exact == null || field == null ? Map.of() : literals(exact.get(field));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> literals(Object map) {
    return map == null ? Map.of() : (Map<String, String>) map;
  }

  private static DmException notAnEvent(String why) {
    return new DmException(
        ModelError.NOT_AN_EVENT, "The record is not a change of the event contract: " + why);
  }
}
