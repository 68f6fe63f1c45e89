package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.TableState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that the server had when the task started and that no offset knows. What was created
 * or renamed behind the position the stream goes on at, the stream brings: its schema change is
 * sent again as a whole, with the same id, should a crash have let some of its records through
 * only. The others, which were selected since, are read when the stream has come to where the
 * server was. Belongs to the reading thread.
 */
public final class MissingTables {
  private static final Logger LOG = LoggerFactory.getLogger(MissingTables.class);

  private final SchemaStore schemas;
  private final BinlogPosition until;
  private final Reader reader;
  private List<TableId> tables;

  /** Reads tables as they are, several at once. */
  @FunctionalInterface
  public interface Reader {

    /**
     * Reads tables into their topics.
     *
     * @return between which positions each was read
     */
    Map<TableId, SnapshotOffset> read(Collection<TableId> tables) throws InterruptedException;
  }

  /**
   * The tables that are missing.
   *
   * @param present the captured tables that the server had before {@code until}
   * @param schemas what is known of them
   * @param until where the server was
   * @param reader reads what the stream does not bring
   */
  public MissingTables(
      Collection<TableId> present, SchemaStore schemas, BinlogPosition until, Reader reader) {
    this.schemas = schemas;
    this.until = until;
    this.reader = reader;
    this.tables = present.stream().filter(this::isMissing).toList();
    tables.forEach(table -> schemas.table(table).isReadAt(until));
    if (!tables.isEmpty()) {
      LOG.info(
          "No offset knows {}: what the stream does not bring until {} is read then",
          tables,
          until);
    }
  }

  private boolean isMissing(TableId table) {
    TableState state = schemas.table(table);
    return state != null && state.current() == null;
  }

  /** Whether tables may have to be read. */
  boolean isAwaited() {
    return !tables.isEmpty();
  }

  /** The stream is at a position between two transactions. */
  public void reached(BinlogPosition position) throws InterruptedException {
    if (isAwaited() && position.isAfter(until)) {
      read();
    }
  }

  /** The stream comes to a transaction. */
  void begins(Transaction transaction) throws InterruptedException {
    if (!until.covers(transaction)) {
      read();
    }
  }

  private void read() throws InterruptedException {
    List<TableId> missing = tables.stream().filter(this::isMissing).toList();
    if (!missing.isEmpty()) {
      reader.read(missing).forEach((table, taken) -> schemas.table(table).read(taken));
    }
    tables = List.of();
  }
}
