package io.dmconnect.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void returnsTheFirstValueThatIsNotNull() {
    AtomicInteger calls = new AtomicInteger();

    int value =
        Await.value("a value", LONG, () -> calls.incrementAndGet() < 3 ? null : calls.get());

    assertThat(value).isEqualTo(3);
  }

  @Test
  void takesAnExceptionAsNotYet() {
    AtomicInteger calls = new AtomicInteger();

    Await.until(
        "success",
        LONG,
        () -> {
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("not up");
          }
          return true;
        });

    assertThat(calls).hasValue(2);
  }

  @Test
  void namesTheAwaitedStateAndTheLastErrorWhenTimeIsUp() {
    assertThatThrownBy(
            () ->
                Await.until(
                    "the server",
                    Duration.ofMillis(1),
                    () -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessageContaining("in vain for the server")
        .hasMessageContaining("refused");
  }

  @Test
  void givesUpAtOnceWhenWaitingIsPointless() {
    assertThatThrownBy(() -> Await.until("the server", LONG, () -> false, () -> "it has died"))
        .hasMessage("Gave up waiting for the server: it has died");
  }

  @Test
  void keepsTheThreadsInterruption() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Await.until("nothing", LONG, () -> false))
        .hasMessageContaining("Interrupted");

    assertThat(Thread.interrupted()).isTrue();
  }
}
