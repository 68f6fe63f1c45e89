package io.dmconnect.source.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RowHandOverTest {
  private static final long ENOUGH_FOR_A_BATCH = 1 << 20;

  private final RecordQueue queue = new RecordQueue(1 << 30, 100);
  private final RowHandOver out = new RowHandOver(queue);

  private static RowHandOver.Held record(String name) {
    return offset ->
        new SourceRecord(Map.of("a", "b"), offset, "topic", 0, Schema.STRING_SCHEMA, name);
  }

  private static Map<String, Object> offset(int rows) {
    return Map.of("rows", rows);
  }

  /** The batches so far: each record with its offset. */
  private List<List<String>> batches() throws InterruptedException {
    return queue.take(Duration.ZERO).stream().map(RowHandOverTest::text).toList();
  }

  private static List<String> text(RecordBatch batch) {
    return batch.records().stream()
        .map(record -> record.value() + " " + record.sourceOffset().get("rows"))
        .toList();
  }

  @Test
  void aRecordHasTheOffsetThatIsKnownWhenTheNextOneIsThereAndTheLastOneTheEnds() throws Exception {
    out.next(record("x"), 1, offset(0));
    out.next(record("y"), 1, offset(1));
    out.end(offset(2), record("carrier"));

    assertThat(batches()).containsExactly(List.of("x 1", "y 2"));
  }

  @Test
  void theEndHasARecordOfItsOwnWhenTheLastOneIsGone() throws Exception {
    out.next(record("x"), 1, offset(0));
    out.release(offset(1));
    out.flush();
    assertThat(batches()).containsExactly(List.of("x 1"));

    out.end(offset(2), record("carrier"));

    assertThat(batches()).containsExactly(List.of("carrier 2"));
  }

  @Test
  void theEndOfADumpWithoutRecordsHasARecordOfItsOwn() throws Exception {
    out.end(offset(7), record("carrier"));

    assertThat(batches()).containsExactly(List.of("carrier 7"));
  }

  @Test
  void theLastRecordOfABatchHasTheExactOffset() throws Exception {
    out.next(record("x"), ENOUGH_FOR_A_BATCH, offset(0));
    out.next(record("y"), 1, offset(0), () -> offset(1));
    assertThat(batches()).containsExactly(List.of("x 1"));

    out.next(record("z"), 1, offset(0), () -> offset(2));
    out.end(offset(3), record("carrier"));

    assertThat(batches()).containsExactly(List.of("y 0", "z 3"));
  }
}
