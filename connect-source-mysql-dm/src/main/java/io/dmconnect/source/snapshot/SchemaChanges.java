package io.dmconnect.source.snapshot;

import io.dmconnect.model.schema.ColumnSchema;
import io.dmconnect.model.schema.TableSchema;
import java.util.Optional;

/** What changes of a table leave a dump of it intact. */
final class SchemaChanges {
  private SchemaChanges() {}

  /**
   * Whether rows selected with the old columns are the same from the new table: it still has all of
   * them, of the same types, and the same primary key.
   */
  static boolean isAdditive(TableSchema old, TableSchema now) {
    for (ColumnSchema column : old.columns()) {
      Optional<ColumnSchema> same = now.column(column.name());
      if (same.isEmpty()
          || !same.get().type().equals(column.type())
          || same.get().generated() != column.generated()) {
        return false;
      }
    }
    return old.primaryKey().map(k -> k.parts()).equals(now.primaryKey().map(k -> k.parts()));
  }
}
