package io.dmconnect.model.event;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import io.dmconnect.model.schema.TableSchemaJson;
import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** From a DDL event to the envelope's {@code ddl} block, and back. */
public final class DdlEventCodec {

  /** The block of an event. */
  public static Struct encode(DdlEvent event) {
    TableId renamed = event.newTable();
    return new Struct(EventSchemas.DDL)
        .put(EventFields.ID, event.id())
        .put(EventFields.KIND, event.kind().name())
        .put(EventFields.DB, event.table().schema())
        .put(EventFields.TABLE, event.table().table())
        .put(EventFields.NEW_DB, renamed == null ? null : renamed.schema())
        .put(EventFields.NEW_TABLE, renamed == null ? null : renamed.table())
        .put(EventFields.STATEMENTS, event.statements())
        .put(EventFields.DEFAULT_DB, event.defaultSchema())
        .put(EventFields.SQL_MODE, event.sqlMode())
        .put(EventFields.TIME_ZONE, event.timeZone())
        .put(EventFields.CHARSET, event.charset())
        .put(EventFields.COLLATION, event.collation())
        .put(EventFields.TS_US, event.timestampMicros())
        .put(EventFields.SCHEMA_BEFORE, TableSchemaJson.write(event.before()))
        .put(EventFields.SCHEMA_AFTER, TableSchemaJson.write(event.after()))
        .put(EventFields.PARTICIPANTS, event.participants())
        .put(EventFields.SNAPSHOT, event.snapshot());
  }

  /**
   * The event of a block.
   *
   * @param ddl the block as a struct or, from converters without schemas, a map
   * @throws DmException when a required member is missing or wrong
   */
  public static DdlEvent decode(Object ddl) {
    String newTable = RecordParts.text(ddl, EventFields.NEW_TABLE);
    return new DdlEvent(
        required(ddl, EventFields.ID),
        kind(required(ddl, EventFields.KIND)),
        new TableId(required(ddl, EventFields.DB), required(ddl, EventFields.TABLE)),
        newTable == null ? null : new TableId(required(ddl, EventFields.NEW_DB), newTable),
        texts(ddl, EventFields.STATEMENTS),
        RecordParts.text(ddl, EventFields.DEFAULT_DB),
        required(ddl, EventFields.SQL_MODE),
        RecordParts.text(ddl, EventFields.TIME_ZONE),
        RecordParts.text(ddl, EventFields.CHARSET),
        RecordParts.text(ddl, EventFields.COLLATION),
        RecordParts.number(ddl, EventFields.TS_US, 0),
        TableSchemaJson.read(RecordParts.text(ddl, EventFields.SCHEMA_BEFORE)),
        TableSchemaJson.read(RecordParts.text(ddl, EventFields.SCHEMA_AFTER)),
        texts(ddl, EventFields.PARTICIPANTS),
        RecordParts.flag(ddl, EventFields.SNAPSHOT));
  }

  private static String required(Object ddl, String name) {
    String value = RecordParts.text(ddl, name);
    if (value == null) {
      throw new DmException(ModelError.NOT_AN_EVENT, "The ddl block has no '" + name + "': " + ddl);
    }

    return value;
  }

  private static DdlKind kind(String name) {
    try {
      return DdlKind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new DmException(
          ModelError.NOT_AN_EVENT, "The ddl block has the unknown kind '" + name + "'", e);
    }
  }

  private static List<String> texts(Object ddl, String name) {
    if (RecordParts.get(ddl, name) instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }

    throw new DmException(
        ModelError.NOT_AN_EVENT, "The ddl block has no list '" + name + "': " + ddl);
  }

  private DdlEventCodec() {}
}
