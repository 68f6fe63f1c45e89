package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.ScannedDdl;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.TableState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which rows of the binlog count, and reads tables where the binlog does not tell what is in
 * them. Belongs to the reading thread.
 */
final class TableReads {
  private static final Logger LOG = LoggerFactory.getLogger(TableReads.class);

  private final SchemaStore schemas;
  private final TableSnapshots snapshots;
  private final StreamCursor cursor;
  private final HandOver handOver;

  /** Hands over all records so far. */
  interface HandOver {
    void run() throws InterruptedException;
  }

  /**
   * Reads nothing yet.
   *
   * @param schemas the captured tables
   * @param snapshots reads a table into its topic
   * @param cursor where the stream is
   * @param handOver called before a table is read
   */
  TableReads(
      SchemaStore schemas, TableSnapshots snapshots, StreamCursor cursor, HandOver handOver) {
    this.schemas = schemas;
    this.snapshots = snapshots;
    this.cursor = cursor;
    this.handOver = handOver;
  }

  /** Whether rows of the current transaction are to be decoded; null is no table that counts. */
  boolean isWanted(Target target) throws InterruptedException {
    if (target == null) {
      return false;
    }
    TableState table = target.table();
    if (table.isInSnapshot(cursor.transaction()) || table.isGone(cursor.transaction())) {
      return false;
    }
    if (!table.isCaptured()) {
      return true;
    }
    if (table.isCutOff()) {
      takeBack(table);
      return isWanted(target);
    }
    if (table.isUnclear(cursor.transaction())) {
      LOG.info(
          "It cannot be told whether the changes of {} in {} are in its snapshot: reading it again",
          table.table(),
          cursor.transaction());
      read(table);
      return isWanted(target);
    }
    return true;
  }

  /** Takes back what is in the topics of the statement's tables without being complete. */
  void beforeStatement(ScannedDdl scanned) throws InterruptedException {
    if (scanned.temporary()) {
      return;
    }
    if (scanned.kind() == DdlKind.RENAME_TABLE
        && scanned.tables().stream().anyMatch(table -> schemas.table(table) != null)) {
      // Its records go to two topics: a restart must be able to send all of them again.
      handOver.run();
      snapshots.awaitCommitted(cursor.offset(cursor.changes()));
    }
    List<TableState> tables =
        scanned.kind() == DdlKind.DROP_DATABASE
            ? schemas.existing(scanned.schema())
            : scanned.tables().stream().map(schemas::table).toList();
    for (TableState table : tables) {
      if (table != null && table.isCutOff() && !table.isInSnapshot(cursor.transaction())) {
        takeBack(table);
      }
    }
  }

  private void takeBack(TableState table) throws InterruptedException {
    LOG.info(
        "{} was gone before its snapshot was complete: taking back its {} rows",
        table.table(),
        table.snapshot().rows());
    read(table);
  }

  private void read(TableState table) throws InterruptedException {
    handOver.run();
    table.read(snapshots.read(table.table(), table.snapshot()));
  }

  /** Reads tables that came under a captured name. */
  void arrived(List<TableId> tables) throws InterruptedException {
    for (TableId table : tables) {
      schemas.table(table).read(snapshots.read(table, null));
    }
  }
}
