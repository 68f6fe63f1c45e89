package io.dmconnect.source.engine;

import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.source.config.SourceConfig;
import io.dmconnect.source.ddl.DdlRecords;
import io.dmconnect.source.ddl.SchemaChangeRecords;
import io.dmconnect.source.jdbc.PatientConnections;
import io.dmconnect.source.jdbc.Server;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.SchemaReader;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.Topics;
import io.dmconnect.source.stream.BatchWriter;
import io.dmconnect.source.stream.DdlEmitter;
import io.dmconnect.source.stream.Delivery;
import io.dmconnect.source.stream.EventGate;
import io.dmconnect.source.stream.MissingTables;
import io.dmconnect.source.stream.RowEmitter;
import io.dmconnect.source.stream.SchemaDefaultsStore;
import io.dmconnect.source.stream.SessionZone;
import io.dmconnect.source.stream.SourceIdentity;
import io.dmconnect.source.stream.StatementHandler;
import io.dmconnect.source.stream.StreamHandler;
import io.dmconnect.source.stream.StreamMetrics;
import io.dmconnect.source.stream.TableChanger;
import io.dmconnect.source.stream.TableSnapshots;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Puts the parts of the stream together.
 *
 * @param config the connector's configuration
 * @param partitions names the offsets
 * @param queue takes the records
 * @param delivery tells when schema changes are in the topics
 * @param uncommitted keeps tables' new versions for the stream's offset
 * @param metrics counts
 * @param transactional whether records and offsets are written in one transaction
 * @param clock tells when records are made
 * @param nanoClock {@code System::nanoTime}
 */
record StreamAssembly(
    SourceConfig config,
    SourcePartitions partitions,
    RecordQueue queue,
    Delivery delivery,
    UncommittedVersions uncommitted,
    StreamMetrics metrics,
    boolean transactional,
    Clock clock,
    LongSupplier nanoClock) {

  StreamRunner assemble(
      PatientConnections connections,
      Server server,
      SourceIdentity identity,
      Topics topics,
      SchemaReader reader,
      SchemaStore schemas,
      SchemaTables listed,
      StreamOffset start,
      TableSnapshots snapshots,
      MissingTables missing) {
    LiveSchemas live = new LiveSchemas(connections, reader);
    BatchWriter out =
        new BatchWriter(
            queue,
            partitions.stream(),
            topics.heartbeats(),
            config.heartbeat(),
            transactional,
            nanoClock);
    DdlEmitter ddl =
        new DdlEmitter(
            identity,
            partitions,
            config.topicPartitions(),
            new DdlRecords(clock),
            new SchemaChangeRecords(topics.schemaChanges(), clock),
            new SessionZone(live),
            out,
            delivery,
            uncommitted,
            listed);
    EventGate filter = new EventGate(config.filter());
    ServerTraits traits = ServerTraits.ofVersion(server.version());
    TableChanger changer =
        new TableChanger(
            schemas, live, new SchemaDefaultsStore(live, traits, server.collation()), filter);
    RowEmitter rows =
        new RowEmitter(
            identity, partitions.stream(), config.tombstones(), filter, out, metrics, clock);
    StreamHandler handler =
        new StreamHandler(
            start,
            uncommitted,
            schemas,
            new StatementHandler(schemas, changer, ddl),
            rows,
            out,
            metrics,
            new LivePrepared(config.binlog()),
            snapshots,
            missing);
    return new StreamRunner(
        config.binlog(), handler, server.gtids(), config.retryTimeout(), metrics, nanoClock);
  }
}
