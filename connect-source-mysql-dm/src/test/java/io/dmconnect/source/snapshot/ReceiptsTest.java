package io.dmconnect.source.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.local.process.Await;
import io.dmconnect.source.stream.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SourceRecord RECORD =
      new SourceRecord(Map.of("a", "b"), Map.of("c", 1), "topic", 0, null, "key", null, "value");

  private final Receipts receipts = new Receipts();

  private static boolean await(Receipts.Receipt receipt) {
    try {
      return receipt.await(Await.scaled(LIMIT));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<Boolean> waiting(Receipts.Receipt receipt) {
    return CompletableFuture.supplyAsync(() -> await(receipt), task -> new Thread(task).start());
  }

  @Test
  void eachDumpIsToldOfItsOwnRecord() throws Exception {
    Receipts.Receipt one = receipts.expect();
    Receipts.Receipt other = receipts.expect();
    SourceRecord ofOne = one.of(RECORD);
    SourceRecord ofOther = other.of(RECORD);
    CompletableFuture<Boolean> wait = waiting(one);
    Delivery delivery = new Delivery(true);
    delivery.delivered(RECORD);
    delivery.delivered(ofOther);

    assertThat(await(other)).isTrue();
    assertThat(one.await(Duration.ZERO)).isFalse();
    delivery.delivered(ofOne);
    assertThat(wait).succeedsWithin(Await.scaled(LIMIT)).isEqualTo(true);
  }

  @Test
  void aTracedRecordIsLikeTheOneItIsMadeOf() {
    SourceRecord traced = receipts.expect().of(RECORD);

    assertThat(traced).usingRecursiveComparison().ignoringFields("onDelivery").isEqualTo(RECORD);
  }

  @Test
  void waitingEndsWhenTheTaskStops() {
    Receipts.Receipt receipt = receipts.expect();
    CompletableFuture<Boolean> wait = waiting(receipt);
    receipts.close();

    assertThat(wait).failsWithin(Await.scaled(LIMIT));
    assertThatThrownBy(() -> receipts.expect().await(LIMIT))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void whatWasDeliveredBeforeTheTaskStopsIsKnown() throws Exception {
    Receipts.Receipt receipt = receipts.expect();
    new Delivery(true).delivered(receipt.of(RECORD));
    receipts.close();

    assertThat(receipt.await(Duration.ZERO)).isTrue();
  }
}
