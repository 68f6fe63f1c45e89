package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.ddl.DdlSplitter;
import io.dmconnect.model.ddl.ScannedDdl;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.source.binlog.QueryEvent;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.rows.TableMap;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Follows the schema changes of captured tables and makes records of them. What touches no captured
 * table is passed over without being parsed. Belongs to the reading thread.
 */
public final class StatementHandler {
  private static final String START_TRANSACTION = "START TRANSACTION";

  private final SchemaStore schemas;
  private final TableChanger changer;
  private final DdlEmitter emitter;

  /**
   * A handler.
   *
   * @param schemas the captured tables
   * @param changer applies statements to schemas
   * @param emitter makes the records
   */
  public StatementHandler(SchemaStore schemas, TableChanger changer, DdlEmitter emitter) {
    this.schemas = schemas;
    this.changer = changer;
    this.emitter = emitter;
  }

  /**
   * Whether rows of the same transaction follow: MySQL 8.0.21 writes {@code CREATE TABLE … SELECT}
   * as {@code CREATE TABLE … START TRANSACTION} and rows.
   */
  static boolean opensTransaction(String sql) {
    String end = sql.stripTrailing();
    int from = end.length() - START_TRANSACTION.length();
    return from > 0 && end.substring(from).toUpperCase(Locale.ROOT).equals(START_TRANSACTION);
  }

  /**
   * The captured tables that have to be read now, since the last call; see {@link TableChanger}.
   */
  List<TableId> takeArrived() {
    return changer.takeArrived();
  }

  /** Whether the name is a sequence's (MariaDB), whose rows are its state. */
  boolean isSequence(TableMap map) {
    return changer.isSequence(map);
  }

  /**
   * Applies a statement.
   *
   * @param end the offset after the transaction; null when more of it follows
   * @return whether a captured table was changed
   */
  boolean apply(
      RawEvent event, QueryEvent query, ScannedDdl scanned, StreamCursor cursor, StreamOffset end)
      throws InterruptedException {
    if (scanned.temporary()) {
      return false;
    }
    SqlModes modes = SqlModes.parse(query.session().sqlMode());
    if (scanned.schema() != null) {
      changer.schemaChanged(scanned.kind(), scanned.schema(), query, modes);
    }
    boolean dropsSchema = scanned.kind() == DdlKind.DROP_DATABASE;
    List<TableChange> changes =
        dropsSchema
            ? dropSchema(scanned.schema(), cursor, event)
            : changeTables(query, scanned, modes, cursor, event);
    if (changes.isEmpty()) {
      return false;
    }
    if (!cursor.isRepeated()) {
      emitter.emit(event, query, statement(query.sql()), changes, dropsSchema, cursor, end);
    }
    cursor.counted();
    return true;
  }

  private List<TableChange> dropSchema(String schema, StreamCursor cursor, RawEvent event) {
    String where = cursor.file() + ':' + event.start();
    List<TableChange> changes = new ArrayList<>();
    for (TableState table : schemas.existing(schema)) {
      if (!table.isInSnapshot(cursor.transaction())) {
        String sql = "DROP TABLE IF EXISTS " + table.table().quoted();
        changes.add(changer.dropWithSchema(table, sql, cursor.transaction(), where));
      }
    }
    for (TableState table : schemas.followed(schema)) {
      if (!table.isInSnapshot(cursor.transaction())) {
        String sql = "DROP TABLE IF EXISTS " + table.table().quoted();
        changes.add(changer.forgetWithSchema(table, sql, cursor.transaction()));
      }
    }
    return changes;
  }

  private List<TableChange> changeTables(
      QueryEvent query, ScannedDdl scanned, SqlModes modes, StreamCursor cursor, RawEvent event) {
    if (scanned.tables().stream()
        .noneMatch(t -> schemas.table(t) != null || schemas.followed(t) != null)) {
      return List.of();
    }
    String sql = statement(query.sql());
    List<TableChange> changes = new ArrayList<>();
    // Behind the others, whose ids are by their place and must be the same in each run.
    List<TableChange> followed = new ArrayList<>();
    for (DdlSplitter.Piece piece : DdlSplitter.split(sql, modes, query.database())) {
      boolean captured = false;
      for (TableId id : piece.scanned().tables()) {
        TableState table = schemas.table(id);
        captured |= table != null && !table.isInSnapshot(cursor.transaction());
      }
      if (captured) {
        String where = cursor.file() + ':' + event.start();
        TableChange change = changer.apply(piece, modes, query, cursor.transaction(), where);
        if (change != null) {
          changes.add(change);
        }
      }
      follow(piece, modes, query, cursor.transaction(), followed);
    }
    changes.addAll(followed);
    return changes;
  }

  private void follow(
      DdlSplitter.Piece piece,
      SqlModes modes,
      QueryEvent query,
      Transaction transaction,
      List<TableChange> changes) {
    for (TableId id : piece.scanned().tables()) {
      TableState table = schemas.followed(id);
      if (table != null && !table.isInSnapshot(transaction)) {
        TableChange change = changer.follow(table, piece, modes, query, transaction);
        if (change != null) {
          changes.add(change);
        }
      }
    }
  }

  private static String statement(String sql) {
    if (!opensTransaction(sql)) {
      return sql;
    }
    String end = sql.stripTrailing();
    return end.substring(0, end.length() - START_TRANSACTION.length()).stripTrailing();
  }
}
