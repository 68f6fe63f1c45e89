package io.dmconnect.sink.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.join.PassedOver;
import io.dmconnect.model.schema.TableSchema;
import java.util.function.Supplier;

/** Which columns of tables are passed over by an operator's decision. */
public interface PassedOverColumns {

  /** Every column needs its place. */
  PassedOverColumns NONE =
      new PassedOverColumns() {
        @Override
        public PassedOver of(
            String source, TableId table, TableId target, Supplier<TableSchema> schema) {
          return PassedOver.NOTHING;
        }

        @Override
        public void forget() {}
      };

  /**
   * The columns of a table. Used by the task's thread only.
   *
   * @param source the source's id
   * @param table the upstream table
   * @param target where its rows go
   * @param schema tells the upstream table's definition, null when that is not known
   */
  PassedOver of(String source, TableId table, TableId target, Supplier<TableSchema> schema);

  /** Something may have been decided since. Used by the task's thread only. */
  void forget();
}
