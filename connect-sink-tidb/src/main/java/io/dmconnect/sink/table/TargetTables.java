package io.dmconnect.sink.table;

import static java.util.Objects.requireNonNull;

import io.dmconnect.model.TableId;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The target tables seen so far. Safe for use by several threads; a table is read at most once
 * between two invalidations.
 */
public final class TargetTables {

  /** Reads a table's metadata from the target. */
  @FunctionalInterface
  public interface Source {
    /**
     * The table as it is now; empty when there is none.
     *
     * @throws SQLException when the target cannot be read
     */
    Optional<TargetTable> load(TableId id) throws SQLException;
  }

  private final Source source;
  private final Map<TableId, TargetTable> tables = new ConcurrentHashMap<>();

  /** A cache in front of that source. */
  public TargetTables(Source source) {
    this.source = requireNonNull(source, "source is null");
  }

  /**
   * The table, read from the target when it is not known; empty when the target has none (which is
   * not remembered).
   *
   * @throws SQLException when the target cannot be read
   */
  public Optional<TargetTable> table(TableId id) throws SQLException {
    TargetTable known = tables.get(id);
    if (known != null) {
      return Optional.of(known);
    }

    Optional<TargetTable> loaded = source.load(id);
    loaded.ifPresent(table -> tables.put(id, table));
    return loaded;
  }

  /** Forgets the table: its schema changed or may have. */
  public void invalidate(TableId id) {
    tables.remove(id);
  }

  /** Forgets every table. */
  public void invalidateAll() {
    tables.clear();
  }
}
