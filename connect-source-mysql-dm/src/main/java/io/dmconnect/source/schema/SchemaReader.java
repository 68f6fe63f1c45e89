package io.dmconnect.source.schema;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;

/** Reads what {@code SHOW CREATE TABLE} prints. */
@FunctionalInterface
public interface SchemaReader {

  /**
   * The table's definition.
   *
   * @throws io.dmconnect.model.error.DmException when the text cannot be understood
   */
  TableSchema read(TableId table, String createSql);
}
