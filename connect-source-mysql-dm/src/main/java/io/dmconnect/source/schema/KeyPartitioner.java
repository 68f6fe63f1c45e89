package io.dmconnect.source.schema;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.IndexSchema;
import io.dmconnect.model.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * Chooses the partition of a table's rows. They are spread by the hash of their primary key where
 * no order between different keys matters: the table has no other unique key, and keys that the
 * server takes for the same have the same bytes, so no texts and floats. All rows of other tables
 * go to partition 0. The hash is part of the event contract: the same in every release.
 */
public final class KeyPartitioner {
  /** Everything to partition 0. */
  public static final KeyPartitioner SINGLE = new KeyPartitioner(1);

  private static final Set<String> SPREAD_TYPES =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "date",
          "datetime",
          "timestamp",
          "time",
          "year",
          "binary",
          "varbinary");

  private static final int SPREAD = 0x9E3779B9;

  private final int partitions;

  private KeyPartitioner(int partitions) {
    this.partitions = partitions;
  }

  /**
   * The partitioner of a table version.
   *
   * @param partitions how many partitions the topic has
   */
  static KeyPartitioner of(TableSchema schema, int partitions) {
    return partitions > 1 && isSpread(schema) ? new KeyPartitioner(partitions) : SINGLE;
  }

  private static boolean isSpread(TableSchema schema) {
    IndexSchema key = schema.primaryKey().orElse(null);
    if (key == null) {
      return false;
    }
    for (IndexSchema index : schema.indexes()) {
      if (index.kind() == IndexSchema.Kind.UNIQUE) {
        return false;
      }
    }
    for (IndexSchema.Part part : key.parts()) {
      ColumnSchema column = schema.column(part.column()).orElse(null);
      boolean spread =
          column != null
              && part.length() <= 0
              && SPREAD_TYPES.contains(column.type().name().toLowerCase(Locale.ROOT));
      if (!spread) {
        return false;
      }
    }
    return true;
  }

  /**
   * The partition of a row.
   *
   * @param key its key; null for a table without primary key
   */
  public int of(Struct key) {
    if (partitions == 1 || key == null) {
      return 0;
    }
    int hash = 1;
    for (Field field : key.schema().fields()) {
      hash = 31 * hash + hash(key.get(field));
    }
    int mixed = hash * SPREAD;
    return Math.floorMod(mixed ^ (mixed >>> 16), partitions);
  }

  /** Only of values whose class fixes its hash code in its documentation. */
  private static int hash(Object value) {
    if (value instanceof byte[] bytes) {
      return hash(ByteBuffer.wrap(bytes));
    }
    if (value instanceof ByteBuffer buffer) {
      int hash = 1;
      for (int i = buffer.position(); i < buffer.limit(); i++) {
        hash = 31 * hash + buffer.get(i);
      }
      return hash;
    }
    if (value instanceof BigDecimal decimal) {
      return hash(decimal.unscaledValue().toByteArray());
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return Long.hashCode(((Number) value).longValue());
    }
    return value == null ? 0 : value.toString().hashCode();
  }
}
