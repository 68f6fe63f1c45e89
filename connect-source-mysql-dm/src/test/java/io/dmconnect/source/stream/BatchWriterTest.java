package io.dmconnect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.offset.RecentVersions;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.offset.UncommittedVersions;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.position.GtidSet;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";
  private static final SourceRecord ROW = new SourceRecord(Map.of(), Map.of(), "t", null, "row");
  private static final int LONG = 1 << 20;

  private final RecordQueue queue = new RecordQueue(1 << 24, 100);
  private final StreamCursor cursor =
      new StreamCursor(
          StreamOffset.at(new BinlogPosition("binlog.000001", 100, GtidSet.parse(A + ":1-5"))),
          new UncommittedVersions(true, RecentVersions.NONE),
          () -> true);

  private BatchWriter writer(boolean transactional) throws Exception {
    cursor.begin(100, A, 6, 1);
    return new BatchWriter(queue, Map.of(), "beats", Duration.ZERO, transactional, () -> 0);
  }

  private List<RecordBatch> taken() throws InterruptedException {
    List<RecordBatch> all = new ArrayList<>();
    List<RecordBatch> some = queue.take(Duration.ofMillis(1));
    while (!some.isEmpty()) {
      all.addAll(some);
      some = queue.take(Duration.ofMillis(1));
    }
    return all;
  }

  @Test
  void aTransactionWhoseLastRecordIsHandedOverIsEndedByOneThatOnlyCarriesItsOffset()
      throws Exception {
    BatchWriter writer = writer(true);
    writer.add(ROW);
    writer.weigh(LONG, 1);
    writer.flushWhenFull();
    writer.endTransaction(cursor, 200);

    List<RecordBatch> batches = taken();

    assertThat(batches).extracting(RecordBatch::endsTransaction).containsExactly(false, true);
    SourceRecord end = batches.get(1).records().get(0);
    assertThat(end.topic()).isEqualTo("beats");
    assertThat(end.sourceOffset()).isEqualTo(cursor.offsetAfterEnd(200));
  }

  @Test
  void aTransactionIsEndedByItsLastRecordWhenThatIsThere() throws Exception {
    BatchWriter writer = writer(true);
    writer.add(ROW);
    writer.endTransaction(cursor, 200);
    cursor.end(200);
    cursor.begin(200, A, 7, 1);
    writer.endTransaction(cursor, 300);

    List<RecordBatch> batches = taken();

    assertThat(batches).singleElement().matches(RecordBatch::endsTransaction);
    assertThat(batches.get(0).records()).containsExactly(ROW);
  }

  @Test
  void noEndIsMarkedForAWorkerThatDoesNotAsk() throws Exception {
    BatchWriter writer = writer(false);
    writer.add(ROW);
    writer.flush(false);
    writer.endTransaction(cursor, 200);

    assertThat(taken()).singleElement().matches(batch -> !batch.endsTransaction());
  }
}
