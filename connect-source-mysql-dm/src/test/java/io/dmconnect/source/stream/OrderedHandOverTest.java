package io.dmconnect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Await;
import io.dmconnect.source.offset.StreamOffset;
import io.dmconnect.source.position.BinlogPosition;
import io.dmconnect.source.queue.RecordBatch;
import io.dmconnect.source.queue.RecordQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class OrderedHandOverTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final StreamOffset BEFORE =
      StreamOffset.at(new BinlogPosition("binlog.000001", 4, null));

  private final RecordQueue queue = new RecordQueue(1 << 20, 100);
  private final BatchWriter out =
      new BatchWriter(queue, Map.of(), "beats", Duration.ZERO, false, () -> 0);

  private CompletableFuture<Void> start(
      Delivery delivery, Duration patience, List<List<SourceRecord>> changes) {
    OrderedHandOver handOver = new OrderedHandOver(out, delivery, patience);
    return CompletableFuture.runAsync(
        () -> {
          try {
            handOver.run(changes, BEFORE);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  /** The records of a change: the topic and number of each partition. */
  private static List<SourceRecord> change(String id, String... places) {
    return Arrays.stream(places)
        .map(
            place ->
                new SourceRecord(
                    Map.of(),
                    Map.of(),
                    place.substring(0, place.lastIndexOf('-')),
                    Integer.valueOf(place.substring(place.lastIndexOf('-') + 1)),
                    Schema.STRING_SCHEMA,
                    id))
        .toList();
  }

  private static String text(SourceRecord record) {
    return record.value() + " " + record.topic() + '-' + record.kafkaPartition();
  }

  /** What is handed over together, each time all before is delivered. */
  private List<List<String>> steps(List<List<SourceRecord>> changes) throws Exception {
    Delivery delivery = new Delivery(true);
    CompletableFuture<Void> done = start(delivery, LIMIT.multipliedBy(60), changes);
    List<List<String>> steps = new ArrayList<>();
    int missing = changes.stream().mapToInt(List::size).sum();
    while (missing > 0) {
      for (RecordBatch batch : queue.take(Await.scaled(LIMIT))) {
        steps.add(batch.records().stream().map(OrderedHandOverTest::text).toList());
        missing -= batch.records().size();
        assertThat(done).isNotDone();
        batch.records().forEach(delivery::delivered);
      }
    }
    assertThat(done).succeedsWithin(Await.scaled(LIMIT));
    return steps;
  }

  @Test
  void theFirstPartitionHasAChangeBeforeTheOthers() throws Exception {
    assertThat(steps(List.of(change("x", "a-0", "a-1", "a-2"))))
        .containsExactly(List.of("x a-0"), List.of("x a-1", "x a-2"));
  }

  @Test
  void theChangesOfManyTablesWaitOnce() throws Exception {
    assertThat(steps(List.of(change("x", "a-0", "a-1"), change("y", "b-0", "b-1"))))
        .containsExactly(List.of("x a-0", "y b-0"), List.of("x a-1", "y b-1"));
  }

  @Test
  void changesOfOnePartitionEachGoTogether() throws Exception {
    assertThat(steps(List.of(change("x", "a-0"), change("y", "b-0"))))
        .containsExactly(List.of("x a-0", "y b-0"));
  }

  @Test
  void theFirstParticipantOfARenameHasItBeforeTheOther() throws Exception {
    assertThat(steps(List.of(change("x", "b-0", "a-0"))))
        .containsExactly(List.of("x a-0"), List.of("x b-0"));
    assertThat(steps(List.of(change("x", "a-0", "a--0"))))
        .containsExactly(List.of("x a--0"), List.of("x a-0"));
  }

  @Test
  void aRenameIsInTheFirstPartitionsOfBothTopicsBeforeTheRest() throws Exception {
    assertThat(steps(List.of(change("x", "b-0", "b-1", "a-0", "a-1"))))
        .containsExactly(List.of("x a-0"), List.of("x b-0"), List.of("x b-1", "x a-1"));
  }

  @Test
  void renamesOfOneStatementKeepTheirOrderInEveryPartition() throws Exception {
    assertThat(
            steps(
                List.of(
                    change("x", "b-0", "b-1", "a-0", "a-1"),
                    change("y", "b-0", "b-1", "c-0", "c-1"))))
        .containsExactly(
            List.of("x a-0"),
            List.of("x b-0"),
            List.of("x b-1", "x a-1"),
            List.of("y b-0"),
            List.of("y c-0"),
            List.of("y b-1", "y c-1"));
  }

  @Test
  void aRecordWithTheOffsetBeforeFollowsWhenADeliveryIsNotTold() throws Exception {
    Delivery delivery = new Delivery(true);
    CompletableFuture<Void> done =
        start(delivery, Duration.ofMillis(1), List.of(change("x", "a-0", "a-1")));
    List<SourceRecord> records = new ArrayList<>();
    while (records.size() < 3) {
      queue.take(Await.scaled(LIMIT)).forEach(batch -> records.addAll(batch.records()));
    }

    assertThat(text(records.get(0))).isEqualTo("x a-0");
    assertThat(records.subList(1, records.size()))
        .allMatch(record -> record.topic().equals("beats") && record.sourceOffset() == BEFORE);
    delivery.close();
    assertThat(done).failsWithin(Await.scaled(LIMIT));
  }

  @Test
  void inATransactionNothingIsWaitedFor() throws Exception {
    CompletableFuture<Void> done =
        start(new Delivery(false), LIMIT, List.of(change("x", "a-0", "a-1")));

    assertThat(done).succeedsWithin(Await.scaled(LIMIT));
    List<SourceRecord> records = new ArrayList<>();
    queue.take(Duration.ZERO).forEach(batch -> records.addAll(batch.records()));
    assertThat(records).extracting(OrderedHandOverTest::text).containsExactly("x a-0", "x a-1");
  }
}
