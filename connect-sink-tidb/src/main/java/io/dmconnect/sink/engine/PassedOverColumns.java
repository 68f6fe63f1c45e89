package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.TableSchema;
import java.util.function.Supplier;

/** Which columns of tables are passed over by an operator's decision. Safe for several threads. */
@FunctionalInterface
public interface PassedOverColumns {

  /** Every column needs its place. */
  PassedOverColumns NONE = (source, table, target, schema) -> PassedOver.NOTHING;

  /**
   * The columns of a table.
   *
   * @param source the source's id
   * @param table the upstream table
   * @param target where its rows go
   * @param schema tells the upstream table's definition, null when that is not known
   */
  PassedOver of(String source, TableId table, TableId target, Supplier<TableSchema> schema);
}
