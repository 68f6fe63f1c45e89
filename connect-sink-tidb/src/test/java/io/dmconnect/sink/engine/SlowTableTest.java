package io.dmconnect.sink.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.row.RowChange;
import io.dmconnect.sink.write.BatchTarget;
import io.dmconnect.sink.write.SlotWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A keyless table whose transactions take as long as the test wants, beside one with a key. */
class SlowTableTest {
  private static final TopicPartition SLOW = new TopicPartition("src.db.keyless", 0);
  private static final TopicPartition QUICK = new TopicPartition("src.db.keyed", 0);
  private static final int BUFFER = 20;

  private final FakeTiDb tidb = new FakeTiDb();
  private final CountDownLatch slowTransaction = new CountDownLatch(1);
  private final Set<TopicPartition> paused = new HashSet<>();
  private final SinkEngine engine = engine();

  private SinkEngine engine() {
    EngineSettings settings =
        new EngineSettings(1, 4, 1_000, 0, BUFFER, 1 << 20, false, false, true);
    return new EngineFactory(settings, null, PartitionListener.NONE)
        .create(
            new Decoder(),
            tidb,
            writer -> new Target(),
            work -> new CompletableFuture<>(),
            new Control(),
            Thread::new,
            System::nanoTime);
  }

  @AfterEach
  void stop() {
    slowTransaction.countDown();
    engine.stop();
  }

  private static List<SinkRecord> records(TopicPartition partition, int from, int count) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      records.add(
          new SinkRecord(
              partition.topic(), 0, null, null, null, i, i, 1_000L + i, TimestampType.CREATE_TIME));
    }

    return records;
  }

  private void awaitDurable(TopicPartition partition, long offset) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (engine.durable().get(partition).offset() < offset) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      engine.put(List.of());
      Thread.onSpinWait();
    }
  }

  @Test
  void doesNotHoldUpTheOtherTable() {
    engine.open(List.of(SLOW, QUICK));
    engine.put(records(SLOW, 0, 4));
    engine.put(records(QUICK, 0, 4));

    awaitDurable(QUICK, 4);
    assertThat(tidb.applied(SLOW)).isEmpty();
  }

  @Test
  void fillsItsOwnBufferOnly() {
    engine.open(List.of(SLOW, QUICK));
    engine.put(records(SLOW, 0, BUFFER));
    assertThat(paused).containsExactly(SLOW);

    engine.put(records(QUICK, 0, 4));
    awaitDurable(QUICK, 4);
    slowTransaction.countDown();
    awaitDurable(SLOW, BUFFER);
    engine.put(List.of());
    assertThat(paused).isEmpty();
  }

  private final class Target implements BatchTarget {
    @Override
    public void apply(List<SlotWrite> writes) throws InterruptedException {
      if (writes.stream().anyMatch(write -> write.partition().equals(SLOW))) {
        slowTransaction.await();
      }

      tidb.commit(writes);
    }

    @Override
    public void applySingly(SlotWrite write, RefusedRow refused) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Control implements TaskControl {
    @Override
    public void pause(Collection<TopicPartition> partitions) {
      paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
      paused.removeAll(partitions);
    }

    @Override
    public void rewind(TopicPartition partition, long offset) {}

    @Override
    public void requestCommit() {}

    @Override
    public void tickWithin(long millis) {}
  }

  private static final class Decoder implements RecordDecoder {
    @Override
    public Decoded decode(SinkRecord record, SourcePosition seen) {
      boolean keyless = record.topic().equals(SLOW.topic());
      SlotLayout layout = keyless ? SlotLayout.single(true) : SlotLayout.byKey(1, "id");
      return new Decoded.Row(null, layout, (Integer) record.value(), 10, null);
    }

    @Override
    public RowChange idempotent(RowChange change) {
      return change;
    }

    @Override
    public String fingerprint(SinkRecord record) {
      return "record " + record.kafkaOffset();
    }

    @Override
    public Origin origin(SinkRecord record) {
      return null;
    }

    @Override
    public void targetsChanged(Set<TableId> targets) {}

    @Override
    public void partitionsTakenOver() {}

    @Override
    public void schemaChanged(SinkRecord record, DdlEvent event, Set<TableId> targets) {}
  }
}
