package io.dmconnect.model.event;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The envelope's {@code exact} block: SQL literals of the cells whose exact value their semantic
 * type cannot carry, by column name.
 */
public final class Exact {
  private static final Schema LITERALS =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build();

  /** The block's schema, optional. */
  public static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name(EventFields.EXACT_SCHEMA)
          .version(1)
          .optional()
          .field(EventFields.BEFORE, LITERALS)
          .field(EventFields.AFTER, LITERALS)
          .build();

  /**
   * The block for the literals of the row before and after.
   *
   * @param before column name to literal; null or empty when every cell carries its exact value
   * @param after the same for the row after
   * @return the block; null when there are no literals
   */
  public static Struct of(Map<String, String> before, Map<String, String> after) {
    boolean noBefore = before == null || before.isEmpty();
    boolean noAfter = after == null || after.isEmpty();
    if (noBefore && noAfter) {
      return null;
    }

    return new Struct(SCHEMA)
        .put(EventFields.BEFORE, noBefore ? null : before)
        .put(EventFields.AFTER, noAfter ? null : after);
  }

  private Exact() {}
}
