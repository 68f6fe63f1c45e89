package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.SchemaReader;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.TableVersion;
import io.dmconnect.source.schema.TableVersions;
import io.dmconnect.source.stream.SourceIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What all dumps of one snapshot share. Safe for use by several threads. */
public final class SnapshotContext {
  private static final int START_ATTEMPTS = 20;
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Connections connections;
  private final PatientConnections patient;
  private final Server server;
  private final SnapshotSettings settings;
  private final TableVersions versions;
  private final SchemaReader reader;
  private final SourcePartitions partitions;
  private final SchemaTables listed;
  private final RecordQueue queue;
  private final SnapshotRecords records;
  private final SnapshotMetrics metrics;
  private final Receipts receipts = new Receipts();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * A context.
   *
   * @param connections opens the connections the rows are read on
   * @param patient asks for what else there is
   * @param server the server's facts
   * @param settings how to dump
   * @param versions makes the versions of tables
   * @param reader reads {@code SHOW CREATE TABLE}
   * @param partitions names the offsets
   * @param listed the names of the tables that schemas may have
   * @param queue takes the records
   * @param identity what every record says
   * @param metrics counts
   * @param clock tells when records are made
   */
  public SnapshotContext(
      Connections connections,
      PatientConnections patient,
      Server server,
      SnapshotSettings settings,
      TableVersions versions,
      SchemaReader reader,
      SourcePartitions partitions,
      SchemaTables listed,
      RecordQueue queue,
      SourceIdentity identity,
      SnapshotMetrics metrics,
      Clock clock) {
    this.connections = connections;
    this.patient = patient;
    this.server = server;
    this.settings = settings;
    this.versions = versions;
    this.reader = reader;
    this.partitions = partitions;
    this.listed = listed;
    this.queue = queue;
    this.records =
        new SnapshotRecords(identity, server.serverId(), partitions, versions.partitions(), clock);
    this.metrics = metrics;
  }

  Connections connections() {
    return connections;
  }

  PatientConnections patient() {
    return patient;
  }

  SchemaTables listed() {
    return listed;
  }

  SnapshotSettings settings() {
    return settings;
  }

  SourcePartitions partitions() {
    return partitions;
  }

  RecordQueue queue() {
    return queue;
  }

  Receipts receipts() {
    return receipts;
  }

  SnapshotRecords records() {
    return records;
  }

  SnapshotMetrics metrics() {
    return metrics;
  }

  Server server() {
    return server;
  }

  TableSchema parse(TableId table, String createSql) {
    return reader.read(table, createSql);
  }

  TableVersion version(TableId table, TableSchema schema) {
    return versions.of(table, schema);
  }

  BinlogPosition position(Connection connection) throws SQLException {
    return server
        .position(connection)
        .orElseThrow(
            () -> new DmException(SourceError.NO_BINLOG, connections + " writes no binlog"));
  }

  /** The position while a lock that this connection holds keeps everyone from writing. */
  BinlogPosition positionUnderLock(Connection locker) throws SQLException {
    return server
        .status(locker)
        .orElseThrow(
            () -> new DmException(SourceError.NO_BINLOG, connections + " writes no binlog"));
  }

  /**
   * The table's definition at a position: the same before and after the position was read. A
   * statement that changes it holds its lock until its GTID is in the set.
   *
   * @return null when there is no such table
   */
  TableStart start(Connection connection, TableId table) throws SQLException {
    for (int i = 0; i < START_ATTEMPTS; i++) {
      String create = TableCatalog.createStatement(connection, table);
      if (create == null) {
        return null;
      }
      BinlogPosition at = position(connection);
      if (create.equals(TableCatalog.createStatement(connection, table))) {
        return new TableStart(table, create, version(table, parse(table, create)), at);
      }
    }
    throw new DmException(
        SourceError.SNAPSHOT_FAILED, "The definition of " + table + " changes all the time");
  }

  /**
   * MySQL without GTIDs: a position may be ahead of what a SELECT sees by the transactions that are
   * being committed: lets them end.
   */
  void settle(BinlogPosition at) throws InterruptedException {
    if (at.gtids() == null && !server.isMariaDb()) {
      pause(SETTLING);
    }
  }

  void pause(Duration time) throws InterruptedException {
    if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the task stops");
    }
  }

  void checkRunning() throws InterruptedException {
    if (stopped.getCount() == 0) {
      throw new InterruptedException("the task stops");
    }
  }

  /** Ends all dumps soon. */
  public void stop() {
    stopped.countDown();
    receipts.close();
  }
}
