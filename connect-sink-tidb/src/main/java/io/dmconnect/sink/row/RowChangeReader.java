package io.dmconnect.sink.row;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.event.Op;
import io.dmconnect.model.event.RowColumns;
import io.dmconnect.model.event.RowSchemas;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.error.SinkError;
import io.dmconnect.sink.table.TargetTable;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes row changes of the records of one topic for one target table. Keeps a compiled mapper per
 * schema instance; a new reader is made when the target table's definition changes.
 *
 * <p>Not thread-safe; its changes are.
 */
public final class RowChangeReader {
  private static final int MAX_SCHEMAS = 1000;

  private final TableId source;
  private final RowMapperCompiler compiler;
  private final IdentityHashMap<Schema, RowMapper> mappers = new IdentityHashMap<>();
  private Schema lastSchema;
  private RowMapper lastMapper;
  private TableSchema sourceSchema;
  private RowMapper mapMapper;

  /** A reader of a table whose columns all have their place in the target. */
  public RowChangeReader(
      TableId source,
      TargetTable target,
      Collection<String> sourceKey,
      Map<String, String> extracted) {
    this(source, target, sourceKey, extracted, PassedOver.NOTHING);
  }

  /**
   * A reader.
   *
   * @param source the upstream table
   * @param target the table its rows go to
   * @param sourceKey the names of the record key's fields (the upstream primary key); empty when
   *     records have no key
   * @param extracted target columns that get a fixed text for all rows of this source
   *     (extract-table, extract-schema, extract-source), by name
   * @param passedOver columns that rows and target do not have in common, by an operator's decision
   * @throws DmException when an extracted column is not in the target
   */
  public RowChangeReader(
      TableId source,
      TargetTable target,
      Collection<String> sourceKey,
      Map<String, String> extracted,
      PassedOver passedOver) {
    this.source = source;
    this.compiler = new RowMapperCompiler(source, target, sourceKey, extracted, passedOver);
  }

  /**
   * States the upstream table's definition, which rows without a schema (maps) are read with; from
   * the newest DDL record.
   */
  public void sourceSchema(TableSchema schema) {
    this.sourceSchema = schema;
    this.mapMapper = null;
  }

  /**
   * The change that a row record tells.
   *
   * @param event a row record, not a DDL
   * @param safe whether to apply it idempotently even if the record does not ask for it
   * @throws DmException when the row does not fit the target table, with the names of both
   */
  public RowChange read(Event event, boolean safe) {
    ChangeKind kind = kind(event.op());
    Object before = kind == ChangeKind.INSERT || kind == ChangeKind.READ ? null : event.before();
    Object after = kind == ChangeKind.DELETE ? null : event.after();
    if ((before == null && (kind == ChangeKind.UPDATE || kind == ChangeKind.DELETE))
        || (after == null && kind != ChangeKind.DELETE)) {
      throw badRecord("a record of op=" + event.op().code() + " lacks one of its rows");
    }

    RowMapper mapper = mapper(after == null ? before : after);
    if (before != null && after != null && mapper(before) != mapper) {
      throw badRecord("the rows before and after have different schemas");
    }

    RowChange change =
        RowChange.of(
            mapper,
            kind,
            safe || event.safeMode() || kind == ChangeKind.READ,
            RowImage.of(before, event.exactBefore()),
            RowImage.of(after, event.exactAfter()));
    if (mapper.isSpread() && change.changesKey()) {
      throw badRecord("an update changes the primary key; it should be a delete and an insert");
    }

    return change;
  }

  private ChangeKind kind(Op op) {
    return switch (op) {
      case READ -> ChangeKind.READ;
      case CREATE -> ChangeKind.INSERT;
      case UPDATE -> ChangeKind.UPDATE;
      case DELETE -> ChangeKind.DELETE;
      case DDL -> throw badRecord("a schema change is not a row");
    };
  }

  private RowMapper mapper(Object row) {
    if (row instanceof Struct struct) {
      Schema schema = struct.schema();
      if (schema != lastSchema) {
        lastMapper = structMapper(schema);
        lastSchema = schema;
      }

      return lastMapper;
    }

    if (row instanceof Map<?, ?> map) {
      return mapMapper(map);
    }

    throw badRecord("a row is a " + row.getClass().getName());
  }

  private RowMapper structMapper(Schema schema) {
    RowMapper known = mappers.get(schema);
    if (known != null) {
      return known;
    }

    // Converters may make several instances of one schema, e.g. one for before and one for after.
    for (Map.Entry<Schema, RowMapper> entry : mappers.entrySet()) {
      if (entry.getKey().equals(schema)) {
        known = entry.getValue();
        break;
      }
    }

    if (mappers.size() >= MAX_SCHEMAS) {
      mappers.clear();
    }

    RowMapper mapper = known == null ? compiler.compile(RowCells.ofStructs(schema)) : known;
    mappers.put(schema, mapper);
    return mapper;
  }

  private RowMapper mapMapper(Map<?, ?> row) {
    if (sourceSchema == null) {
      throw badRecord(
          "its rows have no schema, and no schema change record came before them in the topic");
    }

    if (mapMapper == null) {
      mapMapper =
          compiler.compile(
              RowCells.ofMaps(
                  RowColumns.of(sourceSchema),
                  RowSchemas.of(source.toString(), sourceSchema).row()));
    }

    if (row.size() != sourceSchema.columns().size()) {
      throw badRecord(
          "a row has "
              + row.size()
              + " columns, the last schema change record states "
              + sourceSchema.columns().size());
    }

    return mapMapper;
  }

  private DmException badRecord(String what) {
    return new DmException(SinkError.BAD_RECORD, "A record of " + source + " is unusable: " + what);
  }
}
