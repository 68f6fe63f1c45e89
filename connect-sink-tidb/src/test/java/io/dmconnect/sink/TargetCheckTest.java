package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.config.ConfigProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TargetCheckTest {
  private static final ConfigProblem PROBLEM = new ConfigProblem("writers", "too few");

  @Test
  void whatALookFindsIsTold() {
    assertThat(TargetCheck.problems(() -> List.of(PROBLEM))).containsExactly(PROBLEM);
    assertThat(TargetCheck.problems(List::of)).isEmpty();
  }

  @Test
  void aLookThatBreaksIsAProblemWithItsCause() {
    assertThat(
            TargetCheck.problems(
                () -> {
                  throw new UnsupportedOperationException("a driver that is not ours");
                }))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("connection.url");
              assertThat(problem.message()).contains("a driver that is not ours");
            });
  }

  @Test
  void anInterruptedLookIsAProblemAndTheCallerStaysInterrupted() {
    CompletableFuture<List<ConfigProblem>> never = new CompletableFuture<>();
    Thread.currentThread().interrupt();

    List<ConfigProblem> problems = TargetCheck.problems(never::join);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problems).hasSize(1);
    never.complete(List.of());
  }
}
