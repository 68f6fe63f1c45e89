package io.dmconnect.bench.micro;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.ColumnType;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.row.RowChangeReader;
import io.dmconnect.sink.table.TargetColumn;
import io.dmconnect.sink.table.TargetKey;
import io.dmconnect.sink.table.TargetTable;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The sink's view of recorded tables: targets of the same definition, values as converters make.
 */
final class SinkSide {
  private SinkSide() {}

  /** A reader of the table's records for a target of the same definition. */
  static RowChangeReader reader(RecordedTable table) {
    return new RowChangeReader(table.id(), target(table), primaryKey(table.schema()), Map.of());
  }

  private static TargetTable target(RecordedTable table) {
    TableSchema schema = table.schema();
    List<TargetColumn> columns = schema.columns().stream().map(SinkSide::target).toList();
    TargetKey key = new TargetKey(TargetKey.PRIMARY_NAME, primaryKey(schema), true, false);
    return new TargetTable(table.id(), columns, List.of(key));
  }

  private static List<String> primaryKey(TableSchema schema) {
    return schema.primaryKey().orElseThrow().parts().stream()
        .map(IndexSchema.Part::column)
        .toList();
  }

  /** The target's column for a column of the same type. */
  static TargetColumn target(ColumnSchema column) {
    ColumnType type = column.type();
    int scale =
        switch (type.name()) {
          case "decimal" -> type.scale();
          case "datetime", "timestamp", "time" -> Math.max(0, type.length());
          default -> -1;
        };
    return new TargetColumn(
        column.name(),
        type.name(),
        type.unsigned(),
        column.nullable(),
        false,
        column.nullable(),
        column.autoIncrement(),
        type.charset(),
        type.collation(),
        scale);
  }

  /** The records' values as plain structs. */
  static List<Struct> values(List<SourceRecord> records) {
    return records.stream().map(record -> plain((Struct) record.value())).toList();
  }

  private static Struct plain(Struct struct) {
    Struct copy = new Struct(struct.schema());
    for (Field field : struct.schema().fields()) {
      Object value = struct.getWithoutDefault(field.name());
      boolean nested = field.schema().type() == Schema.Type.STRUCT && value != null;
      copy.put(field, nested ? plain((Struct) value) : value);
    }
    return copy;
  }
}
