package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.source.ddl.DdlRecords;
import io.dmconnect.source.offset.SnapshotOffset;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.record.EventRecords;
import io.dmconnect.source.record.SourceInfo;
import io.dmconnect.source.schema.TableVersion;
import io.dmconnect.source.schema.Topics;
import io.dmconnect.source.stream.SourceIdentity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of snapshots. Safe for use by several threads. */
final class SnapshotRecords {
  private static final String UTC = "+00:00";
  private static final String CHARSET = "utf8mb4";
  private static final String COLLATION = "utf8mb4_bin";

  private final SourceIdentity identity;
  private final long serverId;
  private final SourcePartitions partitions;
  private final int topicPartitions;
  private final DdlRecords ddl;
  private final String heartbeats;
  private final Clock clock;

  SnapshotRecords(
      SourceIdentity identity,
      long serverId,
      SourcePartitions partitions,
      int topicPartitions,
      Clock clock) {
    this.identity = identity;
    this.serverId = serverId;
    this.partitions = partitions;
    this.topicPartitions = topicPartitions;
    this.ddl = new DdlRecords(clock);
    this.heartbeats = new Topics(identity.name()).heartbeats();
    this.clock = clock;
  }

  /** How many partitions a table's topic has; each gets the records of schema changes. */
  int topicPartitions() {
    return topicPartitions;
  }

  /** The time, microseconds since the epoch. */
  long micros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  /**
   * The record that opens a partition of a table's topic: its definition.
   *
   * @param begun as {@link SnapshotOffset#begun}
   */
  SourceRecord create(
      TableStart start, long begun, int kafkaPartition, Map<String, Object> offset) {
    String place = place(start.at(), begun);
    return ddl(
        start.version(),
        event(DdlKind.CREATE_TABLE, start.version(), place, "snapshot", start.createSql(), true),
        start.at(),
        kafkaPartition,
        offset);
  }

  private static String place(BinlogPosition at, long begun) {
    return begun == 0 ? at.toString() : at.toString() + ':' + begun;
  }

  /**
   * The record that takes back what was written of a table, before it is dumped again.
   *
   * @param taken as {@link SnapshotOffset#pendingDrop} gives it
   */
  SourceRecord drop(
      TableVersion version, SnapshotOffset taken, int kafkaPartition, Map<String, Object> offset) {
    String place = place(taken.from(), taken.begun());
    String sql = "DROP TABLE IF EXISTS " + version.table().quoted();
    return ddl(
        version,
        event(DdlKind.DROP_TABLE, version, place, DdlEvent.SNAPSHOT_AGAIN, sql, false),
        taken.from(),
        kafkaPartition,
        offset);
  }

  /** A record that only carries an offset. */
  SourceRecord carrier(Map<String, ?> partition, Map<String, ?> offset, String table) {
    return new SourceRecord(
        partition, offset, heartbeats, 0, null, null, Schema.STRING_SCHEMA, "snapshot of " + table);
  }

  private DdlEvent event(
      DdlKind kind,
      TableVersion version,
      String place,
      String ordinal,
      String sql,
      boolean snapshot) {
    TableId table = version.table();
    String id =
        identity.name()
            + ':'
            + identity.serverUuid()
            + ':'
            + place
            + ':'
            + ordinal
            + ':'
            + table.quoted();
    return new DdlEvent(
        id,
        kind,
        table,
        null,
        List.of(sql),
        table.schema(),
        "",
        UTC,
        CHARSET,
        COLLATION,
        micros(),
        kind == DdlKind.DROP_TABLE ? version.schema() : null,
        kind == DdlKind.DROP_TABLE ? null : version.schema(),
        DdlRecords.participants(version.topic(), topicPartitions),
        snapshot);
  }

  private SourceRecord ddl(
      TableVersion version,
      DdlEvent event,
      BinlogPosition at,
      int kafkaPartition,
      Map<String, Object> offset) {
    return ddl.of(
        version,
        event,
        info(version.table(), at),
        0,
        kafkaPartition,
        partitions.snapshot(version.table()),
        offset);
  }

  /** What makes the records of a chunk's rows. */
  EventRecords rows(TableVersion version, BinlogPosition at) {
    Instant now = clock.instant();
    return version
        .records()
        .event(info(version.table(), at), now.getEpochSecond() * 1_000_000_000 + now.getNano());
  }

  private SourceInfo info(TableId table, BinlogPosition at) {
    return new SourceInfo(
        identity.version(),
        identity.name(),
        micros(),
        true,
        table,
        serverId,
        null,
        at.file(),
        at.offset(),
        null,
        null,
        false);
  }
}
