package io.dmconnect.source.stream;

import io.dmconnect.model.ddl.DdlScanner;
import io.dmconnect.model.ddl.ScannedDdl;
import io.dmconnect.model.ddl.SqlModes;
import io.dmconnect.model.ddl.StatementClass;
import io.dmconnect.source.binlog.BinlogEventHandler;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.GtidEvent;
import io.dmconnect.source.binlog.PayloadReader;
import io.dmconnect.source.binlog.QueryEvent;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.binlog.XaPrepareEvent;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.rows.TableMap;
import io.dmconnect.source.rows.TableMapCache;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.TableState;
import java.util.Locale;

/**
 * Follows the transactions of the binlog. A rows event is decoded when the next event is there, so
 * that the last row of a transaction can carry the position after it. Belongs to the reading
 * thread.
 */
public final class StreamHandler implements BinlogEventHandler {
  private static final int STATUS_AFTER_TRANSACTIONS = 1_000;

  private final SchemaStore schemas;
  private final StatementHandler statements;
  private final RowEmitter rows;
  private final BatchWriter out;
  private final StreamMetrics metrics;
  private final TableMapCache<Target> targets;
  private final StreamCursor cursor;
  private final XaTransactions xa;
  private final TableReads reads;
  private final MissingTables missing;
  private final Refusals refusals;
  private RawEvent pending;
  private Target pendingTarget;
  private int sinceStatus;

  /**
   * A handler.
   *
   * @param start where to go on
   * @param uncommitted the schema versions that offsets have to state
   * @param schemas the captured tables
   * @param statements handles schema changes
   * @param rows makes records of rows
   * @param out takes the records
   * @param metrics counts
   * @param prepared reads prepared XA transactions again
   * @param snapshots reads tables that came under a captured name
   * @param missing the tables that are read when the stream does not bring them
   */
  public StreamHandler(
      StreamOffset start,
      UncommittedVersions uncommitted,
      SchemaStore schemas,
      StatementHandler statements,
      RowEmitter rows,
      BatchWriter out,
      StreamMetrics metrics,
      PreparedReader prepared,
      TableSnapshots snapshots,
      MissingTables missing) {
    this.cursor = new StreamCursor(start, uncommitted, snapshots::areCommitted);
    this.schemas = schemas;
    this.statements = statements;
    this.rows = rows;
    this.out = out;
    this.metrics = metrics;
    this.targets = new TableMapCache<>(this::target);
    this.xa = new XaTransactions(prepared);
    this.missing = missing;
    this.refusals = new Refusals(schemas);
    this.reads =
        new TableReads(
            schemas,
            snapshots,
            cursor,
            () -> {
              emitPending(null);
              out.flush(false);
            });
  }

  /** Where a new connection is to go on; forgets what was read but not handed over. */
  public BinlogPosition rewind() throws InterruptedException {
    pending = null;
    statements.takeArrived();
    xa.leave();
    targets.clear();
    out.flush(false);
    schemas.passed(cursor.position());
    cursor.rewind();
    return cursor.position();
  }

  /** The position the stream is at, for messages. */
  public BinlogPosition where() {
    return cursor.position();
  }

  /**
   * Grows when the stream has moved on: with each change that was not read before and each
   * transaction that ends.
   */
  public long progress() {
    return cursor.progress();
  }

  @Override
  public void onFile(String file, long position) {
    cursor.onFile(file, position);
  }

  @Override
  public boolean wantsRows(long tableId) throws InterruptedException {
    Target target = targets.get(tableId);
    XaGroup group = xa.open();
    return group == null ? reads.isWanted(target) : target != null && group.wantsRows();
  }

  @Override
  public void onEvent(RawEvent event) throws InterruptedException {
    handle(event);
    if (missing.isAwaited() && !cursor.inTransaction()) {
      missing.reached(cursor.positionAt(event.end()));
    }
  }

  private void handle(RawEvent event) throws InterruptedException {
    metrics.event(event.timestampSeconds(), event.body() == null ? 0 : event.body().length);
    int type = event.type();
    if (EventTypes.isRows(type)) {
      if (event.body() != null) {
        onRows(event);
      }
      return;
    }
    switch (type) {
      case EventTypes.TABLE_MAP -> {
        byte[] body = event.body();
        emitPending(null);
        targets.put(body, 0, body.length);
        if (xa.open() != null) {
          xa.open().add(event);
        }
      }
      case EventTypes.GTID, EventTypes.GTID_TAGGED, EventTypes.MARIADB_GTID -> {
        GtidEvent gtid = GtidEvent.parse(event);
        begin(event, gtid.source(), gtid.number());
        if (gtid.begins()) {
          cursor.openExplicitly();
        }
        if (gtid.xa()) {
          xa.begin();
        }
      }
      case EventTypes.ANONYMOUS_GTID -> begin(event, null, 0);
      case EventTypes.XID -> commit(event);
      case EventTypes.QUERY, EventTypes.EXECUTE_LOAD_QUERY -> onQuery(event);
      case EventTypes.TRANSACTION_PAYLOAD -> PayloadReader.forEach(event, this);
      case EventTypes.FORMAT_DESCRIPTION -> onFormatDescription(event);
      case EventTypes.XA_PREPARE -> onXaPrepare(event);
      case EventTypes.HEARTBEAT, EventTypes.HEARTBEAT_V2 -> out.heartbeat(cursor);
      default -> onOther(event);
    }
  }

  private void onRows(RawEvent event) throws InterruptedException {
    if (xa.open() == null) {
      hold(event, targets.get(event.tableId()));
    } else {
      xa.open().add(event);
    }
  }

  private void hold(RawEvent event, Target target) throws InterruptedException {
    emitPending(null);
    pending = event;
    pendingTarget = target;
  }

  private void begin(RawEvent event, String gtidSource, long gtidNumber)
      throws InterruptedException {
    if (cursor.inTransaction()) {
      throw Refusals.cut(cursor.transaction(), where(event));
    }
    xa.leave();
    if (missing.isAwaited()) {
      missing.begins(new Transaction(cursor.file(), event.start(), gtidSource, gtidNumber));
    }
    cursor.begin(event.start(), gtidSource, gtidNumber, event.timestampSeconds());
  }

  private void onFormatDescription(RawEvent event) {
    if (cursor.inTransaction()) {
      throw Refusals.cut(cursor.transaction(), where(event));
    }
    targets.clear();
  }

  private void commit(RawEvent event) throws InterruptedException {
    emitPending(event);
    out.endTransaction(cursor, event.end());
    cursor.end(event.end());
    metrics.transaction(cursor.position());
    out.heartbeat(cursor);
    if (++sinceStatus >= STATUS_AFTER_TRANSACTIONS) {
      sinceStatus = 0;
      schemas.passed(cursor.position());
    }
    reads.arrived(statements.takeArrived());
  }

  /** Decodes the rows event that waits; the commit is given when the transaction ends with it. */
  private void emitPending(RawEvent commit) throws InterruptedException {
    if (pending == null) {
      return;
    }
    RawEvent event = pending;
    Target target = pendingTarget;
    pending = null;
    pendingTarget = null;
    StreamOffset end = commit == null ? null : cursor.offsetAfterEnd(commit.end());
    rows.emit(event, target, cursor, end);
    if (commit == null) {
      out.flushWhenFull();
    }
  }

  private void onQuery(RawEvent event) throws InterruptedException {
    if (QueryEvent.isBegin(event)) {
      if (!cursor.inTransaction()) {
        cursor.begin(event.start(), null, 0, event.timestampSeconds());
      }
      cursor.openExplicitly();
      return;
    }
    QueryEvent query = QueryEvent.parse(event);
    ScannedDdl scanned =
        DdlScanner.scan(query.sql(), SqlModes.parse(query.session().sqlMode()), query.database());
    if (!cursor.inTransaction()) {
      cursor.begin(event.start(), null, 0, event.timestampSeconds());
    }
    onStatement(event, query, scanned);
  }

  private void onStatement(RawEvent event, QueryEvent query, ScannedDdl scanned)
      throws InterruptedException {
    StatementClass kind = scanned.statementClass();
    switch (kind) {
      case BEGIN -> cursor.openExplicitly();
      case COMMIT -> commit(event);
      case ROLLBACK -> {
        checkNothingEmitted(query);
        commit(event);
      }
      case SAVEPOINT -> onSavepoint(query);
      case XA -> onXa(event, query);
      case DML -> {
        refusals.checkStatement(query, scanned, where(event));
        endUnlessExplicit(event);
      }
      case DDL -> onDdl(event, query, scanned);
      case OTHER -> endUnlessExplicit(event);
    }
  }

  private void onDdl(RawEvent event, QueryEvent query, ScannedDdl scanned)
      throws InterruptedException {
    emitPending(null);
    reads.beforeStatement(scanned);
    boolean goesOn = cursor.isExplicit() || StatementHandler.opensTransaction(query.sql());
    StreamOffset end = goesOn ? null : cursor.offsetAfterEnd(event.end());
    if (statements.apply(event, query, scanned, cursor, end)) {
      targets.clear();
      metrics.schemaChange();
    }
    if (goesOn) {
      cursor.openExplicitly();
    } else {
      commit(event);
    }
  }

  private void endUnlessExplicit(RawEvent event) throws InterruptedException {
    if (!cursor.isExplicit()) {
      commit(event);
    }
  }

  private void onSavepoint(QueryEvent query) {
    if (query.sql().toUpperCase(Locale.ROOT).startsWith("ROLLBACK")) {
      checkNothingEmitted(query);
    }
  }

  private void checkNothingEmitted(QueryEvent query) {
    if (pending != null || cursor.changes() > 0) {
      throw Refusals.rollback(cursor.transaction(), query);
    }
  }

  private void onXa(RawEvent event, QueryEvent query) throws InterruptedException {
    String words = query.sql().strip().toUpperCase(Locale.ROOT);
    if (words.startsWith("XA START") || words.startsWith("XA BEGIN")) {
      cursor.openExplicitly();
      xa.begin();
    } else if (words.startsWith("XA COMMIT")) {
      xa.committed(event, query, cursor, where(event), replay());
      commit(event);
    } else if (words.startsWith("XA ROLLBACK")) {
      xa.rolledBack(query, cursor);
      commit(event);
    } else if (!words.startsWith("XA END")) {
      commit(event);
    }
  }

  private void onXaPrepare(RawEvent event) throws InterruptedException {
    XaGroup committed = xa.prepared(XaPrepareEvent.parse(event), cursor);
    if (committed != null) {
      xa.committedAtOnce(committed, event, cursor, replay());
    }
    commit(event);
  }

  private XaTransactions.Replay replay() {
    return new XaTransactions.Replay(this::target, reads::isWanted, this::hold);
  }

  private void onOther(RawEvent event) throws InterruptedException {
    if (event.type() != EventTypes.PARTIAL_UPDATE_ROWS) {
      refusals.checkEvent(event, where(event));
    } else if (reads.isWanted(targets.get(event.tableId()))) {
      throw Refusals.partialJson(targets.get(event.tableId()), where(event));
    }
  }

  private Target target(TableMap map) {
    TableState table = schemas.table(map.table());
    if (table == null && cursor.isResumedInside()) {
      // Its rows were counted if it was captured before the restart.
      table = schemas.followed(map.table());
    }
    boolean wanted = table != null && (table.current() != null || !statements.isSequence(map));
    return wanted ? new Target(table, map) : null;
  }

  private String where(RawEvent event) {
    return cursor.file() + ':' + event.start();
  }
}
