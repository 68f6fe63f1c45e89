package io.dmconnect.source.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.SourceFacts;
import io.dmconnect.model.coordination.TableFacts;
import io.dmconnect.model.coordination.zk.SourceClient;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class SourceCoordinationTest {
  private static final TableId TABLE = new TableId("shop", "orders");
  private static final long LIMIT_SECONDS = 30;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger looks = new AtomicInteger();
  private final BlockingQueue<SourceFacts> found = new LinkedBlockingQueue<>();
  private volatile LongConsumer check;

  @Test
  void checksAskedForDuringALookAreAnsweredByOneMore() throws Exception {
    SourceAnnouncer announcer =
        new SourceAnnouncer(
            "src",
            client(),
            () -> Set.of(TABLE),
            this::look,
            () -> new SourceProgress(0, 0, 0, 0, null, 0),
            Clock.systemUTC());
    try (SourceCoordination coordination =
        new SourceCoordination(client(), announcer, Thread::new)) {
      assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      for (long number = 1; number <= 5; number++) {
        check.accept(number);
      }

      mayEnd.countDown();

      assertThat(nextFacts().answers()).isZero();
      assertThat(nextFacts().answers()).isEqualTo(5);
      assertThat(looks).hasValue(2);
    }
  }

  private SourceFacts nextFacts() throws InterruptedException {
    return found.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private Map<TableId, TableFacts> look(Collection<TableId> tables) {
    if (!tables.isEmpty()) {
      looks.incrementAndGet();
    }

    begun.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }

    Map<TableId, TableFacts> facts = new HashMap<>();
    tables.forEach(table -> facts.put(table, new TableFacts(null, List.of())));
    return facts;
  }

  private SourceClient client() {
    return new SourceClient() {
      @Override
      public void state(Collection<TableId> tables) {}

      @Override
      public void found(SourceFacts facts) {
        found.add(facts);
      }

      @Override
      public void onCheck(LongConsumer listener) {
        check = listener;
      }

      @Override
      public void status(ParticipantStatus status) {}

      @Override
      public void close() {}
    };
  }
}
