package io.dmconnect.source.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.SchemaDefaults;
import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.error.DmException;
import io.dmconnect.source.config.SourceConfig;
import io.dmconnect.source.error.SourceError;
import io.dmconnect.source.jdbc.Connections;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.CreateStatementReader;
import io.dmconnect.source.schema.SchemaReader;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.TableVersions;
import io.dmconnect.source.schema.Topics;
import io.dmconnect.source.snapshot.SelectionNotices;
import io.dmconnect.source.snapshot.SnapshotContext;
import io.dmconnect.source.snapshot.SnapshotMetrics;
import io.dmconnect.source.snapshot.SnapshotRunner;
import io.dmconnect.source.stream.Delivery;
import io.dmconnect.source.stream.MissingTables;
import io.dmconnect.source.stream.RecentVersionsHandOver;
import io.dmconnect.source.stream.SourceIdentity;
import io.dmconnect.source.stream.StreamMetrics;
import io.dmconnect.source.value.JsonStyle;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector at work: dumps what was not dumped, then streams. {@link #poll} and {@link #close}
 * may be called from different threads.
 */
public final class SourceEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceEngine.class);

  private final SourceConfig config;
  private final OffsetReader committed;
  private volatile OffsetReader offsets;
  private final String version;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final RecordQueue queue;
  private final SourcePartitions partitions;
  private final SnapshotMetrics snapshotMetrics = new SnapshotMetrics();
  private final StreamMetrics streamMetrics = new StreamMetrics();
  private final EngineThreads threads;
  private final Delivery delivery;
  private final boolean transactional;
  private final Connections connections;
  private final PatientConnections patient;
  private volatile SnapshotContext snapshot;
  private volatile StreamRunner stream;
  private volatile UncommittedVersions uncommitted;
  private volatile boolean closed;

  /**
   * An engine that does nothing yet.
   *
   * @param config the connector's configuration
   * @param offsets the committed offsets
   * @param version the connector's version
   * @param clock tells when records are made
   * @param nanoClock {@code System::nanoTime}
   * @param transactional whether records and offsets are written in one transaction
   */
  public SourceEngine(
      SourceConfig config,
      OffsetReader offsets,
      String version,
      Clock clock,
      LongSupplier nanoClock,
      boolean transactional) {
    this.config = config;
    this.committed = offsets;
    this.offsets = offsets;
    this.version = version;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.queue = new RecordQueue(config.queueBytes(), config.batchRecords());
    this.partitions = new SourcePartitions(config.name());
    this.transactional = transactional;
    this.delivery = new Delivery(!transactional);
    this.connections = new Connections(config.connection());
    this.patient = new PatientConnections(connections, config.retryTimeout(), nanoClock);
    this.threads = new EngineThreads("dm-source-" + config.name());
  }

  /** Starts to work in the background. */
  public void start() {
    threads.newThread(this::run).start();
  }

  /**
   * Takes what was read.
   *
   * @return empty when nothing came in time
   * @throws DmException when the engine has failed; what was read before was given out
   */
  public List<RecordBatch> poll(Duration atMost) throws InterruptedException {
    return queue.take(atMost);
  }

  /** A record that {@link #poll} gave is in its topic, or was filtered out. */
  public void delivered(SourceRecord record) {
    delivery.delivered(record);
  }

  /** Connect has committed offsets. */
  public void committed() {
    if (uncommitted != null) {
      uncommitted.committed();
    }
  }

  /** Counters of the snapshot. */
  public SnapshotMetrics snapshotMetrics() {
    return snapshotMetrics;
  }

  /** Counters of the stream. */
  public StreamMetrics streamMetrics() {
    return streamMetrics;
  }

  /** About how much heap is held by records on their way. */
  public long waitingBytes() {
    return queue.waitingBytes();
  }

  @Override
  public void close() {
    closed = true;
    queue.close();
    delivery.close();
    patient.stop();
    if (uncommitted != null) {
      uncommitted.close();
    }
    if (snapshot != null) {
      snapshot.stop();
    }
    if (stream != null) {
      stream.stop();
    }
  }

  private void run() {
    try {
      work();
    } catch (InterruptedException e) {
      if (!closed) {
        queue.fail(new DmException(SourceError.INTERNAL, "The engine was interrupted", e));
      }
    } catch (DmException e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(new DmException(SourceError.INTERNAL, "The engine failed: " + e, e));
    }
  }

  private void fail(DmException failure) {
    if (closed) {
      LOG.debug("Failure while the task stops", failure);
      return;
    }
    queue.fail(failure);
  }

  private void work() throws InterruptedException {
    Server server = connect();
    BinlogPosition now = position(server);
    SourceIdentity identity = new SourceIdentity(version, config.name(), server.uuid());
    Topics topics = new Topics(config.name());
    TableVersions versions =
        new TableVersions(topics, JsonStyle.ofVersion(server.version()), config.topicPartitions());
    StreamOffset from = StreamOffset.read(committed.read(partitions.stream()));
    RecentVersions recent = from == null ? RecentVersions.NONE : from.recent();
    offsets = recent.over(committed);
    SchemaTables listed = new SchemaTables(partitions, offsets, recent, topics.heartbeats());
    uncommitted = new UncommittedVersions(!transactional, recent);
    checkOpen();
    LOG.info(
        "{} {} at {}, {}",
        server.isMariaDb() ? "MariaDB" : "MySQL",
        server.version(),
        connections,
        from == null ? "no position yet" : "stream goes on at " + from.position());
    new RecentVersionsHandOver(partitions, topics.heartbeats(), queue, delivery, uncommitted)
        .run(recent, offsets, listed);

    SchemaReader reader =
        new CreateStatementReader(
            SchemaDefaults.ofCharset("utf8mb4", ServerTraits.ofVersion(server.version())));
    snapshot = snapshot(server, identity, versions, reader, listed);
    checkOpen();
    SchemaStore before = schemas(server, versions, listed);
    if (from != null) {
      before.startAt(from.position(), from.position());
    }
    List<TableId> deselected =
        new SelectionChanges(
                patient,
                config.selection(),
                config.captured(),
                partitions,
                offsets,
                uncommitted,
                new SelectionNotices(snapshot, transactional),
                transactional)
            .tell(listed, before, from == null ? now : from.position());
    SnapshotRunner runner = runner(from);
    Map<TableId, SnapshotOffset> dumped = runner.run();
    StreamOffset start = from == null ? StreamOffset.at(first(dumped, listed, now)) : from;
    SchemaStore schemas = schemas(server, versions, listed);
    Set<TableId> present = from == null ? Set.of() : runner.tables().keySet();
    BinlogPosition end = position(server);
    schemas.startAt(start.position(), end);
    dumped.forEach(schemas::add);
    schemas.meet(deselected);
    CommittedSnapshots snapshots =
        new CommittedSnapshots(
            snapshot,
            partitions,
            committed,
            uncommitted,
            queue,
            topics.heartbeats(),
            transactional);
    snapshots.taken(dumped);
    MissingTables missing =
        new MissingTables(
            present,
            schemas,
            end,
            tables -> {
              Map<TableId, SnapshotOffset> read = runner.read(tables);
              snapshots.taken(read);
              return read;
            });
    stream =
        new StreamAssembly(
                config,
                partitions,
                queue,
                delivery,
                uncommitted,
                streamMetrics,
                transactional,
                clock,
                nanoClock)
            .assemble(
                patient, server, identity, topics, reader, schemas, listed, start, snapshots,
                missing);
    missing.reached(start.position());
    if (!closed) {
      stream.run();
    }
  }

  private SchemaStore schemas(Server server, TableVersions versions, SchemaTables listed) {
    boolean lowerCase = server.lowerCaseTableNames() != 0;
    return new SchemaStore(config.captured(), lowerCase, versions, partitions, offsets, listed);
  }

  private SnapshotContext snapshot(
      Server server,
      SourceIdentity identity,
      TableVersions versions,
      SchemaReader reader,
      SchemaTables listed) {
    return new SnapshotContext(
        connections,
        patient,
        server,
        config.snapshot(),
        versions,
        reader,
        partitions,
        listed,
        queue,
        identity,
        snapshotMetrics,
        clock);
  }

  private void checkOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the task stops");
    }
  }

  private SnapshotRunner runner(StreamOffset from) {
    return new SnapshotRunner(
        snapshot,
        config.captured(),
        table -> SnapshotOffset.read(offsets.read(partitions.snapshot(table))),
        from != null,
        (table, before) -> versions(table).endedAfter(before.from()),
        threads);
  }

  private SchemaVersions versions(TableId table) {
    return SchemaVersions.read(offsets.read(partitions.table(table)));
  }

  /** The first position any dump began at, or the given one when there is none. */
  private BinlogPosition first(
      Map<TableId, SnapshotOffset> dumped, SchemaTables listed, BinlogPosition now) {
    Collection<BinlogPosition> gone =
        GoneTables.dumpedFrom(
            patient, config.selection(), dumped.keySet(), listed, partitions, committed);
    return Stream.concat(dumped.values().stream().map(SnapshotOffset::from), gone.stream())
        .min(Comparator.naturalOrder())
        .orElse(now);
  }

  private Server connect() {
    try {
      return patient.ask(Server::read);
    } catch (SQLException e) {
      boolean denied = e.getSQLState() != null && e.getSQLState().startsWith("28");
      throw new DmException(
          denied ? SourceError.ACCESS_DENIED : SourceError.UNREACHABLE,
          "Cannot connect as " + connections + ": " + e.getMessage(),
          e);
    }
  }

  private BinlogPosition position(Server server) {
    try {
      return patient
          .ask(server::position)
          .orElseThrow(
              () -> new DmException(SourceError.NO_BINLOG, connections + " writes no binlog"));
    } catch (SQLException e) {
      throw new DmException(
          SourceError.ACCESS_DENIED, "The binlog's position cannot be read: " + e.getMessage(), e);
    }
  }
}
