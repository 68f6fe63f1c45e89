package io.dmconnect.source.snapshot;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.join.SqlWriter;
import io.dmconnect.source.ddl.DdlRecords;
import io.dmconnect.source.offset.SelectionMark;
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

/** Makes the records that do not come from the binlog. Safe for use by several threads. */
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
        event(
            id(start.version().table(), place, "snapshot"),
            DdlKind.CREATE_TABLE,
            start.version(),
            List.of(start.createSql()),
            true),
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
        event(
            id(version.table(), place, DdlEvent.SNAPSHOT_AGAIN),
            DdlKind.DROP_TABLE,
            version,
            List.of(sql),
            false),
        taken.from(),
        kafkaPartition,
        offset);
  }

  /**
   * The record that tells in a partition of a table's topic that the table is captured from here
   * on, with its definition, or that it is not any more.
   *
   * @param at where the stream is
   */
  SourceRecord selection(
      TableVersion version,
      SelectionMark mark,
      BinlogPosition at,
      int kafkaPartition,
      Map<String, Object> offset) {
    TableId table = version.table();
    String word = mark.selected() ? DdlEvent.SELECTED : DdlEvent.DESELECTED;
    DdlEvent event =
        event(
            identity.name() + ':' + mark.since() + ':' + word + ':' + table.quoted(),
            mark.selected() ? DdlKind.CREATE_TABLE : DdlKind.DESELECT_TABLE,
            version,
            mark.selected() ? List.of(SqlWriter.createTable(version.schema(), table)) : List.of(),
            false);
    return ddl.of(
        version,
        event,
        info(table, at, false),
        0,
        kafkaPartition,
        partitions.selection(table),
        offset);
  }

  /** A record that only carries an offset. */
  SourceRecord carrier(Map<String, ?> partition, Map<String, ?> offset, String table) {
    return new SourceRecord(
        partition, offset, heartbeats, 0, null, null, Schema.STRING_SCHEMA, "snapshot of " + table);
  }

  private String id(TableId table, String place, String ordinal) {
    return identity.name()
        + ':'
        + identity.serverUuid()
        + ':'
        + place
        + ':'
        + ordinal
        + ':'
        + table.quoted();
  }

  private DdlEvent event(
      String id, DdlKind kind, TableVersion version, List<String> statements, boolean snapshot) {
    TableId table = version.table();
    boolean begins = kind == DdlKind.CREATE_TABLE;
    return new DdlEvent(
        id,
        kind,
        table,
        null,
        statements,
        table.schema(),
        "",
        UTC,
        CHARSET,
        COLLATION,
        micros(),
        begins ? null : version.schema(),
        begins ? version.schema() : null,
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
        info(version.table(), at, true),
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
        .event(
            info(version.table(), at, true), now.getEpochSecond() * 1_000_000_000 + now.getNano());
  }

  private SourceInfo info(TableId table, BinlogPosition at, boolean snapshot) {
    return new SourceInfo(
        identity.version(),
        identity.name(),
        micros(),
        snapshot,
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
