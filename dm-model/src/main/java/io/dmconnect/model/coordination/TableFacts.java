package io.dmconnect.model.coordination;

import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/**
 * What a source found a table to be.
 *
 * @param schema its definition; null when it was not understood
 * @param keys its unique keys whose parts are whole columns
 */
public record TableFacts(TableSchema schema, List<KeyFacts> keys) {
  /** Copies the list. */
  public TableFacts {
    keys = List.copyOf(keys);
  }

  TableFacts withoutSamples() {
    return new TableFacts(schema, keys.stream().map(KeyFacts::withoutSamples).toList());
  }
}
