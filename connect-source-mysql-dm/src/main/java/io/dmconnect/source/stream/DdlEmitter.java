package io.dmconnect.source.stream;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.source.binlog.QueryEvent;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.ddl.DdlRecords;
import io.dmconnect.source.ddl.SchemaChangeRecords;
import io.dmconnect.source.offset.SchemaVersion;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.record.SourceInfo;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.TableState;
import io.dmconnect.source.schema.TableVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Makes the records of a statement: one per table and partition of its topic, which carry the
 * table's schema versions as their offset, and, when these are delivered, one in the topic of all
 * schema changes, which carries the stream's. Belongs to the reading thread.
 */
public final class DdlEmitter {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /**
   * An exactly-once worker commits, and tells of deliveries, only behind a batch, and with {@code
   * transaction.boundary=interval} only behind one that comes later: it is given one.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SourceIdentity identity;
  private final SourcePartitions partitions;
  private final int topicPartitions;
  private final DdlRecords records;
  private final SchemaChangeRecords schemaChanges;
  private final SessionZone zone;
  private final BatchWriter out;
  private final OrderedHandOver handOver;
  private final UncommittedVersions uncommitted;
  private final SchemaTables listed;

  /**
   * An emitter.
   *
   * @param identity what every record says
   * @param partitions names the offsets
   * @param topicPartitions how many partitions a table's topic has
   * @param records makes the records of the tables' topics
   * @param schemaChanges makes the record of the topic of all schema changes
   * @param zone tells the time zone statements ran in
   * @param out takes the records
   * @param delivery tells when they are in the topics
   * @param uncommitted keeps the tables' new versions for the stream's offset
   * @param listed the names of the tables that schemas may have
   */
  public DdlEmitter(
      SourceIdentity identity,
      SourcePartitions partitions,
      int topicPartitions,
      DdlRecords records,
      SchemaChangeRecords schemaChanges,
      SessionZone zone,
      BatchWriter out,
      Delivery delivery,
      UncommittedVersions uncommitted,
      SchemaTables listed) {
    this.identity = identity;
    this.partitions = partitions;
    this.topicPartitions = topicPartitions;
    this.records = records;
    this.schemaChanges = schemaChanges;
    this.zone = zone;
    this.out = out;
    this.handOver = new OrderedHandOver(out, delivery, PATIENCE);
    this.uncommitted = uncommitted;
    this.listed = listed;
  }

  /**
   * Makes the records.
   *
   * @param byName whether the ids name the tables instead of their place among the changes: a
   *     statement that does not name them may meet more or fewer when it is read again
   * @param end the offset after the transaction; null when more of it follows
   */
  void emit(
      RawEvent event,
      QueryEvent query,
      String sql,
      List<TableChange> changes,
      boolean byName,
      StreamCursor cursor,
      StreamOffset end)
      throws InterruptedException {
    int ordinal = (int) cursor.changes();
    StreamOffset before = cursor.offset(ordinal);
    List<SchemaChangeRecords.Change> tables = new ArrayList<>();
    String timeZone =
        changes.stream().allMatch(TableChange::ignored)
            ? null
            : zone.of(query.session().timeZone(), event.timestampSeconds());
    remember(changes);
    List<List<SourceRecord>> ddlRecords = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      TableChange change = changes.get(i);
      tables.addAll(schemaChanges(change));
      if (change.ignored()) {
        keepVersions(change, sql, info(change.table(), event, query, cursor), ordinal);
        continue;
      }
      String id = id(cursor, event) + ':' + (byName ? change.table().quoted() : i);
      DdlEvent ddl = ddl(id, event, query, timeZone, change);
      List<SourceRecord> ofChange = new ArrayList<>();
      if (change.state() != null) {
        TableVersion version =
            change.newTable() == null && change.after() != null ? change.after() : change.before();
        add(ofChange, change.state(), version, ddl, event, cursor, ordinal);
      }
      if (change.newState() != null) {
        add(ofChange, change.newState(), change.after(), ddl, event, cursor, ordinal);
      }
      ddlRecords.add(ofChange);
    }
    handOver.run(ddlRecords, before);
    uncommitted.delivered();
    while (!uncommitted.awaitRoom(PATIENCE)) {
      out.carry(before);
    }
    TableId first = changes.get(0).table();
    StreamOffset offset = end == null ? cursor.offset(cursor.changes() + 1) : end;
    out.add(
        schemaChanges.of(
            sql,
            tables,
            info(first, event, query, cursor),
            ordinal,
            partitions.stream(),
            offset.with(uncommitted.current())));
    out.weigh(event.body().length, 1 + changes.size() * topicPartitions);
  }

  private void remember(List<TableChange> changes) {
    Set<TableId> existing = new TreeSet<>();
    for (TableChange change : changes) {
      for (TableState state : new TableState[] {change.state(), change.newState()}) {
        SchemaVersion version = state == null ? null : state.versions().newest().orElse(null);
        if (version != null) {
          uncommitted.add(state.table(), version);
        }
        if (version != null && version.schema() == null) {
          listed.ended(state.table(), version.since());
        } else if (version != null) {
          existing.add(state.table());
        }
      }
    }
    listed.add(existing).forEach(handOver::add);
  }

  /** A change kept from the tables' topics still counts for the rows that follow. */
  private void keepVersions(TableChange change, String sql, SourceInfo info, int ordinal) {
    for (TableState state : new TableState[] {change.state(), change.newState()}) {
      if (state != null) {
        handOver.add(
            schemaChanges.of(
                sql,
                schemaChanges(change),
                info,
                ordinal,
                partitions.table(state.table()),
                state.versions().toMap()));
      }
    }
  }

  private void add(
      List<SourceRecord> list,
      TableState state,
      TableVersion version,
      DdlEvent ddl,
      RawEvent event,
      StreamCursor cursor,
      int ordinal) {
    SourceInfo info = info(state.table(), event, null, cursor);
    for (int i = 0; i < topicPartitions; i++) {
      list.add(
          records.of(
              version,
              ddl,
              info,
              ordinal,
              i,
              partitions.table(state.table()),
              state.versions().toMap()));
    }
  }

  private String id(StreamCursor cursor, RawEvent event) {
    Transaction transaction = cursor.transaction();
    String place =
        transaction.hasGtid()
            ? cursor.gtid()
            : identity.serverUuid() + ':' + cursor.file() + ':' + event.start();
    return identity.name() + ':' + place;
  }

  private DdlEvent ddl(
      String id, RawEvent event, QueryEvent query, String timeZone, TableChange change) {
    List<String> participants = new ArrayList<>();
    if (change.state() != null) {
      participants.addAll(DdlRecords.participants(change.state().topic(), topicPartitions));
    }
    if (change.newState() != null) {
      participants.addAll(DdlRecords.participants(change.newState().topic(), topicPartitions));
    }
    return new DdlEvent(
        id,
        change.kind(),
        change.table(),
        change.newTable(),
        List.of(change.sql()),
        query.database(),
        query.session().sqlMode(),
        timeZone,
        query.session().charset(),
        query.session().collation(),
        event.timestampSeconds() * MICROS_PER_SECOND + query.session().microseconds(),
        schema(change.before()),
        schema(change.after()),
        participants,
        false);
  }

  private static TableSchema schema(TableVersion version) {
    return version == null ? null : version.schema();
  }

  private static List<SchemaChangeRecords.Change> schemaChanges(TableChange change) {
    boolean created = change.kind() == DdlKind.CREATE_TABLE || change.newTable() != null;
    TableId after = change.newTable() == null ? change.table() : change.newTable();
    List<SchemaChangeRecords.Change> list = new ArrayList<>();
    if (change.newTable() != null) {
      list.add(new SchemaChangeRecords.Change(change.table(), null, false));
    }
    list.add(new SchemaChangeRecords.Change(after, schema(change.after()), created));
    return list;
  }

  private SourceInfo info(TableId table, RawEvent event, QueryEvent query, StreamCursor cursor) {
    return new SourceInfo(
        identity.version(),
        identity.name(),
        event.timestampSeconds() * MICROS_PER_SECOND,
        false,
        table,
        event.serverId(),
        cursor.gtid(),
        cursor.file(),
        event.start(),
        query == null ? null : (Long) query.threadId(),
        null,
        false);
  }
}
