package io.dmconnect.source.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordQueueTest {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final RecordQueue queue = new RecordQueue(100, 3);

  @Test
  void givesBatchesInTheirOrderUpToTheNumberOfRecords() throws Exception {
    RecordBatch first = batch(2, 10);
    RecordBatch second = batch(2, 10);
    RecordBatch third = batch(1, 10);
    queue.put(first);
    queue.put(second);
    queue.put(third);

    assertThat(queue.take(NOW)).containsExactly(first, second);
    assertThat(queue.take(NOW)).containsExactly(third);
    assertThat(queue.take(NOW)).isEmpty();
  }

  @Test
  void aBatchThatIsLargerThanTheQueueGoesThroughAlone() throws Exception {
    queue.put(batch(1, 1000));

    assertThat(queue.take(NOW)).hasSize(1);
  }

  @Test
  void aPutWaitsUntilThereIsRoom() throws Exception {
    queue.put(batch(1, 60));
    CompletableFuture<Void> put = CompletableFuture.runAsync(() -> putQuietly(batch(1, 60)));

    assertThat(queue.take(LONG)).hasSize(1);
    put.get(30, TimeUnit.SECONDS);
    assertThat(queue.take(LONG)).hasSize(1);
  }

  @Test
  void aFailureComesAfterEverythingPutBeforeIt() throws Exception {
    queue.put(batch(1, 10));
    queue.fail(new IllegalStateException("first"));
    queue.fail(new IllegalStateException("second"));

    assertThat(queue.take(NOW)).hasSize(1);
    assertThatThrownBy(() -> queue.take(NOW)).hasMessage("first");
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    queue.put(batch(1, 100));
    CompletableFuture<Boolean> put = CompletableFuture.supplyAsync(() -> putQuietly(batch(1, 1)));
    queue.close();

    assertThat(put.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(queue.take(LONG)).isEmpty();
  }

  private boolean putQuietly(RecordBatch batch) {
    try {
      queue.put(batch);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static RecordBatch batch(int records, long bytes) {
    SourceRecord record = new SourceRecord(Map.of(), Map.of(), "t", null, null);
    return new RecordBatch(Collections.nCopies(records, record), bytes, true);
  }
}
