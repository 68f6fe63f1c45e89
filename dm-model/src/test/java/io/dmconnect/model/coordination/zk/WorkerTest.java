package io.dmconnect.model.coordination.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private final Worker worker = new Worker("worker-test");
  private final AtomicReference<Exception> told = new AtomicReference<>();

  @AfterEach
  void close() {
    worker.close();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void submit(String key, Work work, Work whenFailed) {
    worker.submit(
        key,
        new Worker.Step() {
          @Override
          public void run() throws Exception {
            work.run();
          }

          @Override
          public void failed(Exception error) {
            told.set(error);
            try {
              whenFailed.run();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }

  private void assertStillWorks() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    submit("last", ran::countDown, () -> {});
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void goesOnAfterAStepThatFailed() throws InterruptedException {
    RejectedExecutionException rejected = new RejectedExecutionException("no thread is free");
    submit(
        "one",
        () -> {
          throw rejected;
        },
        () -> {});

    assertStillWorks();
    assertThat(told.get()).isSameAs(rejected);
  }

  @Test
  void goesOnWhenTheFailureCannotBeToldEither() throws InterruptedException {
    submit(
        "one",
        () -> {
          throw new RejectedExecutionException("no thread is free");
        },
        () -> {
          throw new RejectedExecutionException("still none");
        });

    assertStillWorks();
  }

  @Test
  void goesOnAfterAnError() throws InterruptedException {
    AssertionError broken = new AssertionError("broken");
    submit(
        "one",
        () -> {
          throw broken;
        },
        () -> {});

    assertStillWorks();
    assertThat(told.get()).hasCause(broken);
  }

  @Test
  void triesAgainWhatZooKeeperDidNotAnswer() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    submit(
        "one",
        () -> {
          twice.countDown();
          if (twice.getCount() > 0) {
            throw new KeeperException.ConnectionLossException();
          }
        },
        () -> {});

    assertThat(twice.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(told.get()).isNull();
  }
}
