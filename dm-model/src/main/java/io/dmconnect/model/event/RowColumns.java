package io.dmconnect.model.event;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * The columns of row values of one schema, for reading cells by index. Immutable; made once per
 * schema instance.
 */
public final class RowColumns {
  private final List<String> names;
  private final Field[] fields;

  /** The columns of structs of that schema, in the order of its fields. */
  public static RowColumns of(Schema row) {
    List<Field> fields = row.fields();
    return new RowColumns(fields.stream().map(Field::name).toList(), fields.toArray(Field[]::new));
  }

  /** The columns of maps that hold rows of that table (JSON without schemas). */
  public static RowColumns of(TableSchema table) {
    return new RowColumns(table.columns().stream().map(ColumnSchema::name).toList(), null);
  }

  private RowColumns(List<String> names, Field[] fields) {
    this.names = names;
    this.fields = fields;
  }

  /** The columns' names in order. */
  public List<String> names() {
    return names;
  }

  /** The schema of a column's cells; null when rows are maps. */
  public Schema schema(int column) {
    return fields == null ? null : fields[column].schema();
  }

  /**
   * One cell.
   *
   * @param row a struct of exactly the schema instance these columns were made of, or a map when
   *     they were made of a table
   */
  public Object cell(Object row, int column) {
    return fields == null
        ? ((Map<?, ?>) row).get(names.get(column))
        : ((Struct) row).get(fields[column]);
  }
}
