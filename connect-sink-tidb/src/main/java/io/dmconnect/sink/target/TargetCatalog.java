package io.dmconnect.sink.target;

import io.dmconnect.model.TableId;
import io.dmconnect.sink.table.TargetTable;
import io.dmconnect.sink.table.TargetTableLoader;
import io.dmconnect.sink.table.TargetTables;
import java.sql.Connection;
import java.util.Optional;

/** The target's tables, read again when a connection fails. Safe for several threads. */
public final class TargetCatalog {
  private final Retry retry;
  private final TargetTables tables;

  /** The tables that the pool's connections see. */
  public TargetCatalog(TargetPool pool, Retry retry) {
    this.retry = retry;
    this.tables =
        new TargetTables(
            id -> {
              try (Connection connection = pool.connection()) {
                Optional<TargetTable> table = TargetTableLoader.load(connection, id);
                connection.rollback();
                return table;
              }
            });
  }

  /** The table; empty when the target has none of that name. */
  public Optional<TargetTable> table(TableId id) {
    return retry.run("read the definition of " + id, () -> tables.table(id));
  }

  /** Forgets a table whose definition changed. */
  public void invalidate(TableId id) {
    tables.invalidate(id);
  }

  /** Forgets all tables. */
  public void invalidateAll() {
    tables.invalidateAll();
  }
}
