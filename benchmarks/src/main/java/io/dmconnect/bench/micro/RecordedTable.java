package io.dmconnect.bench.micro;

import io.dmconnect.model.TableId;
import io.dmconnect.model.schema.TableSchema;
import java.util.List;

/**
 * A table as it was on the server.
 *
 * @param id its name
 * @param schema its definition
 * @param cells its rows as the snapshot reads them, a null cell for NULL
 */
record RecordedTable(TableId id, TableSchema schema, List<byte[][]> cells) {}
