package io.dmconnect.source.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.ddl.ServerTraits;
import io.dmconnect.model.filter.BinlogEventFilter;
import io.dmconnect.source.binlog.EventTypes;
import io.dmconnect.source.binlog.RawEvent;
import io.dmconnect.source.ddl.DdlRecords;
import io.dmconnect.source.ddl.SchemaChangeRecords;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.SchemaStore;
import io.dmconnect.source.schema.SchemaTables;
import io.dmconnect.source.schema.TableVersions;
import io.dmconnect.source.schema.Topics;
import io.dmconnect.source.value.JsonStyle;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events that a healthy server does not write. */
class StreamHandlerTest {
  private static final int IGNORABLE = 0x80;
  private static final BinlogPosition START = new BinlogPosition("binlog.000001", 4, null);
  private final StreamHandler handler = handler();

  private static StreamHandler handler() {
    Clock clock = Clock.systemUTC();
    SourceIdentity identity = new SourceIdentity("1", "s1", "uuid");
    SourcePartitions partitions = new SourcePartitions("s1");
    TableVersions versions = new TableVersions(new Topics("s1"), JsonStyle.CURRENT, 1);
    SchemaTables listed = new SchemaTables(partitions, p -> null, RecentVersions.NONE, "h");
    SchemaStore schemas =
        new SchemaStore(t -> true, false, versions, partitions, p -> null, listed);
    BatchWriter out =
        new BatchWriter(
            new RecordQueue(1 << 20, 100), partitions.stream(), "h", Duration.ZERO, false, () -> 0);
    EventGate gate = new EventGate(new BinlogEventFilter(List.of()));
    TableChanger changer =
        new TableChanger(
            schemas,
            null,
            new SchemaDefaultsStore(null, ServerTraits.ofVersion("8.0.31"), "utf8mb4_bin"),
            gate);
    UncommittedVersions uncommitted = new UncommittedVersions(true, RecentVersions.NONE);
    DdlEmitter ddl =
        new DdlEmitter(
            identity,
            partitions,
            1,
            new DdlRecords(clock),
            new SchemaChangeRecords("s1", clock),
            new SessionZone(null),
            out,
            new Delivery(true),
            uncommitted,
            listed);
    StreamMetrics metrics = new StreamMetrics();
    StreamHandler handler =
        new StreamHandler(
            StreamOffset.at(START),
            uncommitted,
            schemas,
            new StatementHandler(schemas, changer, ddl),
            new RowEmitter(identity, partitions.stream(), false, gate, out, metrics, clock),
            out,
            metrics,
            (prepared, now, to) -> {},
            (table, before) -> null,
            new MissingTables(List.of(), schemas, START, tables -> Map.of()));
    handler.onFile("binlog.000001", 4);
    return handler;
  }

  private static RawEvent event(int type, int flags, int... body) {
    byte[] bytes = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      bytes[i] = (byte) body[i];
    }
    return new RawEvent(type, 1, 1, 100, 200, flags, bytes);
  }

  @Test
  void lostEventsAreRefused() {
    assertThatThrownBy(() -> handler.onEvent(event(EventTypes.INCIDENT, 0, 1, 0, 0)))
        .hasMessageContaining("DM-10402")
        .hasMessageContaining("binlog.000001:100");
  }

  @Test
  void eventsThatAreNotKnownAreRefusedUnlessTheyMayBePassedOver() {
    assertThatThrownBy(() -> handler.onEvent(event(99, 0, 1)))
        .hasMessageContaining("DM-10403")
        .hasMessageContaining("99");
    assertThatCode(() -> handler.onEvent(event(99, IGNORABLE, 1))).doesNotThrowAnyException();
  }

  @Test
  void aTransactionWithoutEndIsRefused() throws Exception {
    handler.onEvent(event(EventTypes.ANONYMOUS_GTID, 0));

    assertThatThrownBy(() -> handler.onEvent(event(EventTypes.ANONYMOUS_GTID, 0)))
        .hasMessageContaining("DM-10408");
    assertThatThrownBy(() -> handler.onEvent(event(EventTypes.FORMAT_DESCRIPTION, 0)))
        .hasMessageContaining("DM-10408");
  }
}
