package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.Collection;

/** The merged tables as the target states them. Safe for several threads. */
public interface MergedTables {

  /**
   * A merged table's definition.
   *
   * @param added the columns that routes add to it, which no member has: left out of the definition
   * @return null when there is no such table
   */
  TableSchema read(TableId target, Collection<String> added);
}
