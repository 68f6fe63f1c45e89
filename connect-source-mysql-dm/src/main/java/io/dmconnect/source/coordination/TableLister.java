package io.dmconnect.source.coordination;

import io.dmconnect.model.TableId;
import java.sql.SQLException;
import java.util.Collection;

/** Lists the captured tables that the server has. */
@FunctionalInterface
interface TableLister {

  /** The tables now. */
  Collection<TableId> list() throws SQLException;
}
