package io.dmconnect.source.coordination;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.TableFacts;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** Looks at what tables are. */
@FunctionalInterface
interface FactsReader {

  /** What each of those tables is; tables that are gone meanwhile are left out. */
  Map<TableId, TableFacts> read(Collection<TableId> tables) throws SQLException;
}
