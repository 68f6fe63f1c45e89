package io.dmconnect.source.stream;

import io.dmconnect.model.error.DmException;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.rows.TableBinding;
import io.dmconnect.source.rows.TableMap;
import io.dmconnect.source.schema.TableState;
import io.dmconnect.source.schema.TableVersion;

/** A captured table together with the table map its rows events refer to. */
final class Target {
  private final TableState table;
  private final TableMap map;
  private TableVersion version;
  private TableBinding binding;

  Target(TableState table, TableMap map) {
    this.table = table;
    this.map = map;
  }

  TableState table() {
    return table;
  }

  /** The version that the rows are of; checked against the table map when it is new. */
  TableVersion version(Object where) {
    TableVersion current = table.current();
    if (version == null || current == null || version.codec() != current.codec()) {
      if (current == null) {
        throw new DmException(
            SourceError.SCHEMA_UNKNOWN,
            "There are rows of " + table.table() + " at " + where + ", but no schema is known");
      }
      binding = current.codec().bind(map);
      version = current;
    }
    return version;
  }

  /** What decodes the rows; only after {@link #version}. */
  TableBinding binding() {
    return binding;
  }
}
