package io.dmconnect.model.check;

import io.dmconnect.model.coordination.KeyFacts;
import io.dmconnect.model.coordination.MemberId;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;
import java.util.Map;

/**
 * A table that goes to a merged one.
 *
 * @param member which one
 * @param added the values of the columns its route adds, by name in lower case
 * @param facts what its source found; its schema is not null
 */
record ShardTable(MemberId member, Map<String, String> added, TableFacts facts) {
  ShardTable {
    added = Map.copyOf(added);
  }

  TableSchema schema() {
    return facts.schema();
  }

  /** What was found in the key of those columns, in lower case; null when it has no such key. */
  KeyFacts key(List<String> columns) {
    return facts.keys().stream()
        .filter(key -> key.columns().stream().map(UniqueKeys::lower).toList().equals(columns))
        .findFirst()
        .orElse(null);
  }
}
