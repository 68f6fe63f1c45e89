package io.dmconnect.sink.row;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.Event;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.table.TargetTable;
import java.util.Collection;
import java.util.Map;

/**
 * Makes row changes of the records of one topic for one target table. Keeps a compiled mapper per
 * schema instance; a new reader is made when the target table's definition changes.
 *
 * <p>Not thread-safe; its changes are.
 */
public final class RowChangeReader {

  /**
   * A reader.
   *
   * @param source the upstream table
   * @param target the table its rows go to
   * @param sourceKey the names of the record key's fields (the upstream primary key); empty when
   *     records have no key
   * @param extracted target columns that get a fixed text for all rows of this source
   *     (extract-table, extract-schema, extract-source), by name
   * @throws io.dmconnect.model.error.DmException when an extracted column is not in the target
   */
  public RowChangeReader(
      TableId source,
      TargetTable target,
      Collection<String> sourceKey,
      Map<String, String> extracted) {}

  /**
   * States the upstream table's definition, which rows without a schema (maps) are read with; from
   * the newest DDL record.
   */
  public void sourceSchema(TableSchema schema) {}

  /**
   * The change that a row record tells.
   *
   * @param event a row record, not a DDL
   * @param safe whether to apply it idempotently even if the record does not ask for it
   * @throws io.dmconnect.model.error.DmException when the row does not fit the target table, with
   *     the names of both
   */
  public RowChange read(Event event, boolean safe) {
    throw new UnsupportedOperationException();
  }
}
