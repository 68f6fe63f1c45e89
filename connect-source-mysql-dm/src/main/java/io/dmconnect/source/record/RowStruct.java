package io.dmconnect.source.record;

import io.dmconnect.model.event.FastStruct;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** A decoded row: the value of {@code before} or {@code after}, and its exact cells. */
public final class RowStruct extends FastStruct {
  private final Map<String, String> exact;

  /**
   * A decoded row.
   *
   * @param schema the row schema
   * @param slots one value per column; not copied
   * @param exact column to SQL literal; null without any
   */
  public RowStruct(Schema schema, Object[] slots, Map<String, String> exact) {
    super(schema, slots);
    this.exact = exact;
  }

  /** Column to SQL literal of the cells whose value the field cannot carry; null without any. */
  public Map<String, String> exact() {
    return exact;
  }
}
