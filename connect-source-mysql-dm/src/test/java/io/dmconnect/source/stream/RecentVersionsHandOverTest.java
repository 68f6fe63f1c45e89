package io.dmconnect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import io.dmconnect.model.TableId;
import io.dmconnect.source.offset.OffsetReader;
import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.SchemaVersion;
import io.dmconnect.source.offset.SchemaVersions;
import io.dmconnect.source.offset.SourcePartitions;
import io.dmconnect.source.offset.TableNames;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.Transaction;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import io.dmconnect.source.schema.SchemaTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecentVersionsHandOverTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SourcePartitions PARTITIONS = new SourcePartitions("s");
  private static final TableId TABLE = new TableId("d", "t");
  private static final SchemaVersion MADE = version(100, "{}");
  private static final SchemaVersion ENDED = version(200, null);

  private final RecordQueue queue = new RecordQueue(1 << 24, 100);
  private final Delivery delivery = new Delivery(true);

  private static SchemaVersion version(long start, String schema) {
    return new SchemaVersion(new Transaction("binlog.000001", start, null, 0), schema);
  }

  private void run(RecentVersions recent, UncommittedVersions uncommitted) {
    Map<String, Object> committed = SchemaVersions.NONE.with(MADE).toMap();
    OffsetReader offsets =
        recent.over(place -> place.equals(PARTITIONS.table(TABLE)) ? committed : null);
    try {
      new RecentVersionsHandOver(PARTITIONS, "beats", queue, delivery, uncommitted)
          .run(recent, offsets, new SchemaTables(PARTITIONS, offsets, recent, "beats"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatTheStreamsOffsetStatesIsCommittedInItsTablesPartitionAndLeaves() throws Exception {
    RecentVersions recent = new RecentVersions(Map.of("d.t", new SchemaVersions(List.of(ENDED))));
    UncommittedVersions uncommitted = new UncommittedVersions(true, recent);
    CompletableFuture<Void> handOver =
        CompletableFuture.runAsync(
            () -> run(recent, uncommitted), task -> new Thread(task).start());
    List<SourceRecord> records = new ArrayList<>();
    for (RecordBatch batch : queue.take(Await.scaled(LIMIT))) {
      records.addAll(batch.records());
    }

    assertThat(records)
        .extracting(SourceRecord::sourcePartition)
        .containsExactly(PARTITIONS.schema("d", 0), PARTITIONS.table(TABLE));
    assertThat(records).extracting(SourceRecord::topic).containsOnly("beats");
    assertThat(TableNames.read(records.get(0).sourceOffset())).containsExactly("t");
    assertThat(SchemaVersions.read(records.get(1).sourceOffset()).versions())
        .containsExactly(MADE, ENDED);
    assertThat(handOver).isNotDone();

    records.forEach(delivery::delivered);
    assertThat(handOver).succeedsWithin(Await.scaled(LIMIT));
    uncommitted.committed();
    uncommitted.committed();
    uncommitted.committed();
    assertThat(uncommitted.current()).isEqualTo(RecentVersions.NONE);
  }

  @Test
  void nothingIsHandedOverWhenTheStreamsOffsetStatesNone() throws Exception {
    run(RecentVersions.NONE, new UncommittedVersions(true, RecentVersions.NONE));

    assertThat(queue.take(Duration.ZERO)).isEmpty();
  }
}
