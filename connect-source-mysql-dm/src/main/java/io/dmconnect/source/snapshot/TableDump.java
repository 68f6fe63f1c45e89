package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.model.schema.TableSchemaJson;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.error.TransientErrors;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.record.EventRecords;
import io.dmconnect.source.record.RowStruct;
import io.dmconnect.source.schema.TableVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dumps one table: its definition, then its rows chunk by chunk along the primary key, or all at
 * once from a view at a known position when it has none. Belongs to one thread.
 */
final class TableDump {
  private static final Logger LOG = LoggerFactory.getLogger(TableDump.class);

  private final TableId table;
  private final SnapshotContext context;
  private final RowHandOver out;
  private final ChangeHandOver changes;
  private final Map<String, String> partition;
  private LockedViews views;
  private TableVersion version;
  private SnapshotOffset at;
  private String createSql;
  private long again;

  /**
   * A dump.
   *
   * @param views views at one position; null to read without a lock
   */
  TableDump(TableId table, SnapshotContext context, LockedViews views) {
    this.table = table;
    this.context = context;
    this.views = views;
    this.out = new RowHandOver(context.queue());
    this.changes = new ChangeHandOver(context, out);
    this.partition = context.partitions().snapshot(table);
  }

  /**
   * Dumps the table, or goes on where it was left.
   *
   * @param progress how far it went; a complete dump is taken back; null for a new table
   * @return the offset of the complete dump
   */
  SnapshotOffset run(SnapshotOffset progress) throws InterruptedException {
    at = progress;
    int failures = 0;
    while (true) {
      try (Connection connection = context.connections().open()) {
        return dump(connection);
      } catch (SQLException e) {
        long rows = at == null ? 0 : at.rows();
        if (!TransientErrors.isTransient(e) || ++failures > context.settings().retries()) {
          throw new DmException(
              SourceError.SNAPSHOT_FAILED,
              "The snapshot of " + table + " failed after " + rows + " rows: " + e.getMessage(),
              e);
        }
        LOG.warn("Reading {} failed after {} rows, trying again", table, rows, e);
        context.pause(context.settings().retryDelay());
      }
    }
  }

  private SnapshotOffset dump(Connection connection) throws SQLException, InterruptedException {
    if (at == null && views != null && views.start(table) != null) {
      return dumpView(connection);
    }
    if (at != null && !resume(connection)) {
      startAgain();
    }
    if (at == null && !start(connection)) {
      return gone(connection);
    }
    boolean atOnce = Keyset.of(version.schema()) == null;
    if (!context.settings().withData()) {
      return finish(context.position(connection));
    }
    try {
      if (atOnce) {
        readAtOnce();
      } else {
        readChunks(connection);
      }
      if (isStillReadable(connection)) {
        return finish(context.position(connection));
      }
    } catch (SQLException e) {
      if (!SqlErrors.isTableChanged(e)) {
        throw e;
      }
      LOG.info("{} changed while it was read", table, e);
    }
    return dump(connection);
  }

  /**
   * Reads the table at the views' position. When that fails, what is missing is read without a
   * lock, as after a restart.
   */
  private SnapshotOffset dumpView(Connection connection) throws SQLException, InterruptedException {
    LockedViews used = views;
    views = null;
    Connection view = used.take();
    try {
      begin(used.start(table));
      if (context.settings().withData()) {
        if (Keyset.of(version.schema()) == null) {
          readAll(view);
        } else {
          readChunks(view);
        }
      }
      return finish(at.from());
    } catch (SQLException e) {
      if (!SqlErrors.isTableChanged(e)) {
        throw e;
      }
      LOG.info("{} changed while it was read", table, e);
    } finally {
      used.giveBack(view);
    }
    if (at.key() == null) {
      // Nothing of it was read: another table may have its name now.
      startAgain();
    }
    return dump(connection);
  }

  /** Whether the dump can go on: the rows read before and after have the same columns. */
  private boolean resume(Connection connection) throws SQLException, InterruptedException {
    if (at.schema() == null) {
      return false;
    }
    if (version == null) {
      version = context.version(table, TableSchemaJson.read(at.schema()));
    }
    if (at.done() || at.pending() == SnapshotOffset.Pending.DROP) {
      return false;
    }
    if (at.pending() == SnapshotOffset.Pending.CREATE) {
      String sql = SqlWriter.createTable(version.schema(), table);
      begin(new TableStart(table, sql, version, at.from()), at.begun());
      createSql = null;
    }
    boolean keyed = Keyset.of(version.schema()) != null;
    if (keyed && isStillReadable(connection)) {
      LOG.info("Going on with the snapshot of {} after {} rows", table, at.rows());
      return true;
    }
    return false;
  }

  /**
   * Takes back what was written of the table. The last record of that waits for what follows: the
   * table's new beginning, or that it is gone. A DROP that may be in some partitions only is sent
   * once more, for those that wait for it, and then another: rows may have come behind the first.
   */
  private void startAgain() throws InterruptedException {
    if (at != null && version != null) {
      LOG.info("The snapshot of {} starts again", table);
      again = context.records().micros();
      out.release(at.key() == null ? at.pendingDrop(again).toMap() : at.toMap());
      if (at.pending() == SnapshotOffset.Pending.DROP) {
        drop(at);
        out.release(at.toMap());
      }
      drop(at.pendingDrop(again));
      out.flush();
    }
    at = null;
    version = null;
  }

  private void drop(SnapshotOffset taken) throws InterruptedException {
    TableVersion old = version;
    changes.run((i, o) -> context.records().drop(old, taken, i, o), 0, taken.toMap());
  }

  private boolean start(Connection connection) throws SQLException, InterruptedException {
    TableStart start = context.start(connection, table);
    if (start == null) {
      return false;
    }
    version = start.version();
    if (Keyset.of(version.schema()) != null || !context.settings().withData()) {
      begin(start);
      context.settle(start.at());
    }
    return true;
  }

  /** Begins an attempt. The first one of a table with primary key needs no time. */
  private void begin(TableStart start) throws InterruptedException {
    boolean first = again == 0;
    boolean keyed = Keyset.of(start.version().schema()) != null;
    begin(start, first && !keyed ? context.records().micros() : again);
  }

  /** Opens every partition of the topic; a crash between two of them repeats all. */
  private void begin(TableStart start, long begun) throws InterruptedException {
    version = start.version();
    createSql = start.createSql();
    at = SnapshotOffset.start(start.at(), TableSchemaJson.write(version.schema()), begun);
    LOG.info("Snapshot of {} starts at {}", table, start.at());
    changes.run(
        (i, offset) -> context.records().create(start, begun, i, offset),
        createSql.length(),
        at.pendingCreate().toMap());
  }

  private SnapshotOffset gone(Connection connection) throws SQLException, InterruptedException {
    SnapshotOffset gone = SnapshotOffset.gone(context.position(connection));
    if (TableCatalog.createStatement(connection, table) != null) {
      return dump(connection);
    }
    LOG.info("{} was dropped before its snapshot", table);
    handOverEnd(gone);
    return gone;
  }

  private void readChunks(Connection connection) throws SQLException, InterruptedException {
    int limit = context.settings().chunkRows();
    Keyset keyset = Keyset.of(version.schema());
    ChunkReader reader = new ChunkReader(version, keyset, limit);
    int count;
    do {
      context.checkRunning();
      Map<String, Object> offset = at.toMap();
      EventRecords records = context.records().rows(version, at.from());
      byte[][][] last = new byte[1][][];
      int[] done = new int[1];
      count =
          reader.read(
              connection,
              at.key(),
              (cells, size) -> {
                byte[][] before = last[0];
                int rows = done[0]++;
                last[0] = cells;
                hold(
                    cells,
                    size,
                    records,
                    offset,
                    () -> before == null ? offset : at.advanced(keyset.key(before), rows).toMap());
              });
      if (count > 0) {
        at = at.advanced(keyset.key(last[0]), count);
      }
    } while (count == limit);
  }

  private void readAtOnce() throws SQLException, InterruptedException {
    try (ConsistentView view = ConsistentView.open(context, table)) {
      if (view == null) {
        throw SqlErrors.tableGone(table);
      }
      begin(view.start());
      readAll(view.connection());
    }
  }

  private void readAll(Connection view) throws SQLException, InterruptedException {
    Map<String, Object> offset = at.toMap();
    EventRecords records = context.records().rows(version, at.from());
    int count =
        new ChunkReader(version, null, 0)
            .read(view, null, (cells, size) -> hold(cells, size, records, offset, () -> offset));
    at = at.advanced(null, count);
  }

  private void hold(
      byte[][] cells,
      long size,
      EventRecords records,
      Map<String, Object> offset,
      Supplier<Map<String, Object>> exactOffset)
      throws InterruptedException {
    RowStruct row = version.codec().decodeText(cells);
    Struct[] key = new Struct[1];
    Object[] value = new Object[1];
    records.read(
        row,
        0,
        (k, v, last) -> {
          key[0] = k;
          value[0] = v;
        });
    TableVersion of = version;
    out.next(o -> record(of, key[0], value[0], o), size, offset, exactOffset);
    context.metrics().rows(1);
  }

  private SourceRecord record(TableVersion of, Struct key, Object value, Map<String, Object> o) {
    Schema keySchema = of.codec().schemas().key();
    return new SourceRecord(
        partition,
        o,
        of.topic(),
        of.partitioner().of(key),
        keySchema,
        key,
        of.codec().schemas().envelope(),
        value);
  }

  /** Whether rows of the definition the dump began with are still what the server gives. */
  private boolean isStillReadable(Connection connection) throws SQLException {
    String now = TableCatalog.createStatement(connection, table);
    if (now == null) {
      return false;
    }
    return now.equals(createSql)
        || SchemaChanges.isAdditive(version.schema(), context.parse(table, now));
  }

  private SnapshotOffset finish(BinlogPosition until) throws InterruptedException {
    at = at.done(until);
    handOverEnd(at);
    LOG.info("Snapshot of {} is complete: {} rows", table, at.rows());
    context.metrics().tableDone();
    return at;
  }

  private void handOverEnd(SnapshotOffset end) throws InterruptedException {
    out.end(end.toMap(), offset -> context.records().carrier(partition, offset, table.toString()));
  }
}
