package io.dmconnect.sink.shard;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;

/** The merged tables as the target states them. Safe for several threads. */
public interface MergedTables {

  /**
   * A merged table's definition, with the columns that routes add to it.
   *
   * @return null when there is no such table
   */
  TableSchema read(TableId target);
}
