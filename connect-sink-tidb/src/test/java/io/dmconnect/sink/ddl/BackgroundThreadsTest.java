package io.dmconnect.sink.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.TableId;
import io.dmconnect.model.ddl.DdlKind;
import io.dmconnect.model.event.DdlEvent;
import io.dmconnect.sink.testing.TestDdl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundThreadsTest {
  private static final int CHANGES = 1_200;
  private static final int LIMIT_SECONDS = 30;
  private static final DdlEvent EVENT =
      new TestDdl("x", DdlKind.ALTER_TABLE, new TableId("db", "t"), "ALTER TABLE t ADD a INT")
          .event();

  private final AtomicInteger threads = new AtomicInteger();
  private final BackgroundThreads background = new BackgroundThreads(this::thread, 2);
  private final Waits waits = new Waits(background);

  private Thread thread(Runnable work) {
    threads.incrementAndGet();
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  @AfterEach
  void stop() {
    background.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(List<CompletableFuture<Void>> results) throws Exception {
    CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void takesAnyNumberOfStepsOnAFewThreads() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(2 * CHANGES);
    for (int i = 0; i < CHANGES; i++) {
      background.execute(
          () -> {
            await(go);
            done.countDown();
          });
      background
          .statements()
          .execute(
              () -> {
                await(go);
                done.countDown();
              });
    }

    go.countDown();
    await(done);
    assertThat(threads.get()).isLessThanOrEqualTo(BackgroundThreads.STEPS_AT_ONCE + 3);
  }

  @Test
  void waitingChangesLeaveTheThreadsToTheOneTheyWaitFor() throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      CompletableFuture<Void> result = new CompletableFuture<>();
      results.add(result);
      background.execute(
          () -> {
            arrived.incrementAndGet();
            waits.await(
                EVENT,
                result,
                "the others",
                () -> arrived.get() == CHANGES,
                () -> result.complete(null));
          });
    }

    join(results);
  }

  @Test
  void statementsUnderWayLeaveTheThreadsToOtherSteps() {
    CountDownLatch shortStep = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(CHANGES);
    for (int i = 0; i < CHANGES; i++) {
      background
          .statements()
          .execute(
              () -> {
                await(shortStep);
                done.countDown();
              });
    }

    background.execute(shortStep::countDown);

    await(done);
  }

  @Test
  void aCancelledChangeIsNotLookedAtAnyMore() throws Exception {
    CompletableFuture<Void> result = new CompletableFuture<>();
    AtomicInteger looks = new AtomicInteger();
    CompletableFuture<Void> after = new CompletableFuture<>();
    waits.await(
        EVENT,
        result,
        "the others",
        () -> {
          looks.incrementAndGet();
          result.cancel(true);
          return false;
        },
        () -> looks.addAndGet(100));
    waits.await(EVENT, after, "a look", looksThrice(), () -> after.complete(null));

    join(List.of(after));
    assertThat(looks.get()).isEqualTo(1);
  }

  private static BooleanSupplier looksThrice() {
    AtomicInteger looks = new AtomicInteger();
    return () -> looks.incrementAndGet() == 3;
  }

  @Test
  void anErrorOfALookIsTheChangesOwn() {
    CompletableFuture<Void> result = new CompletableFuture<>();
    AtomicInteger looks = new AtomicInteger();
    waits.await(
        EVENT,
        result,
        "the others",
        () -> {
          if (looks.incrementAndGet() == 2) {
            throw new IllegalStateException("the ledger is gone");
          }

          return false;
        },
        () -> {});

    assertThatThrownBy(() -> result.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("the ledger is gone");
  }
}
