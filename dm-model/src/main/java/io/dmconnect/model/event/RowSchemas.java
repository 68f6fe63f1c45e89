package io.dmconnect.model.event;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The schemas of one topic's records for one version of its table. Made once per table version and
 * shared by all its records; immutable.
 *
 * <p>The row has one field per column in the table's order, so that the index of a column in {@link
 * TableSchema#columns()} is the index of its field.
 */
public final class RowSchemas {
  private final Schema key;
  private final Schema row;
  private final Schema envelope;
  private final int[] keyColumns;
  private final Field[] keyFields;
  private final Field[] rowFields;

  /**
   * Makes the schemas.
   *
   * @param topic the topic's name; the schemas are named after it
   * @param table the table; a key part on a prefix of a column puts the whole column in the key
   * @throws io.dmconnect.model.error.DmException when a column's type has no place in the contract
   */
  public static RowSchemas of(String topic, TableSchema table) {
    return new RowSchemas(requireNonNull(topic, "topic is null"), table);
  }

  private RowSchemas(String topic, TableSchema table) {
    SchemaBuilder rowBuilder =
        SchemaBuilder.struct().name(SchemaNames.legal(topic + EventFields.VALUE_SUFFIX)).optional();
    for (ColumnSchema column : table.columns()) {
      rowBuilder.field(column.name(), ColumnSchemas.value(topic, column));
    }

    this.row = rowBuilder.build();
    this.rowFields = row.fields().toArray(Field[]::new);
    this.envelope = EventSchemas.envelope(topic, row);
    this.keyColumns = table.primaryKey().map(pk -> positions(table, pk)).orElse(new int[0]);
    this.key = keyColumns.length == 0 ? null : key(topic, table, keyColumns);
    this.keyFields = key == null ? new Field[0] : key.fields().toArray(Field[]::new);
  }

  private static int[] positions(TableSchema table, IndexSchema primaryKey) {
    List<ColumnSchema> columns = table.columns();
    return primaryKey.parts().stream()
        .mapToInt(part -> columns.indexOf(table.column(part.column()).orElseThrow()))
        .toArray();
  }

  private static Schema key(String topic, TableSchema table, int[] keyColumns) {
    SchemaBuilder builder =
        SchemaBuilder.struct().name(SchemaNames.legal(topic + EventFields.KEY_SUFFIX));
    for (int position : keyColumns) {
      ColumnSchema column = table.columns().get(position);
      builder.field(column.name(), ColumnSchemas.key(topic, column));
    }

    return builder.build();
  }

  /** The key's schema; null when the table has no primary key. */
  public Schema key() {
    return key;
  }

  /** The schema of {@code before} and {@code after}. */
  public Schema row() {
    return row;
  }

  /** The value's schema. */
  public Schema envelope() {
    return envelope;
  }

  /** The number of columns. */
  public int columns() {
    return rowFields.length;
  }

  /** The row's field of the column at that index of the table. */
  public Field rowField(int column) {
    return rowFields[column];
  }

  /** The number of columns of the key; 0 when the table has no primary key. */
  public int keySize() {
    return keyColumns.length;
  }

  /** The index in the table of the key's column at that place. */
  public int keyColumn(int place) {
    return keyColumns[place];
  }

  /** The key's field at that place. */
  public Field keyField(int place) {
    return keyFields[place];
  }
}
