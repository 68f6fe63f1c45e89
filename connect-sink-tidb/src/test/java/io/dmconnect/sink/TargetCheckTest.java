package io.dmconnect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.model.config.ConfigProblem;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void eachSchemaThatARouteNamesMustBeWritable() {
    Grants grants = grants("ALL PRIVILEGES ON `shop`.*", "SELECT,INSERT ON `toys`.*");

    assertThat(TargetCheck.dataProblems(grants, Set.of("shop", "toys"), "dm_meta"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("connection.username");
              assertThat(problem.message())
                  .contains("GRANT ALTER, CREATE, DELETE, DROP, INDEX, UPDATE ON `toys`.*");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USAGE ON *.*",
        "ALL PRIVILEGES ON `dm_meta`.*",
        "ALL PRIVILEGES ON `dm\\_meta`.*",
        "SELECT ON *.*",
        "ALL PRIVILEGES ON `mysql`.*"
      })
  void withoutRoutesAnAccountThatCanWriteRowsNowhereIsToldOf(String grant) {
    assertThat(TargetCheck.dataProblems(grants(grant), Set.of(), "dm_meta"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("connection.username");
              assertThat(problem.message()).contains("DELETE, INSERT").contains("'dm'@'%'");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALL PRIVILEGES ON *.*",
        "SELECT,INSERT,UPDATE,DELETE ON `shop`.*",
        "SELECT,INSERT,UPDATE,DELETE ON `shop`.`orders`",
        "ALL PRIVILEGES ON `dm_%`.*"
      })
  void withoutRoutesAnAccountThatCanWriteRowsSomewhereIsTaken(String grant) {
    assertThat(TargetCheck.dataProblems(grants(grant), Set.of(), "dm_meta")).isEmpty();
  }

  @Test
  void withoutRoutesASchemaChosenForTheBookkeepingMayBeThatOfTheRows() {
    assertThat(TargetCheck.dataProblems(grants("ALL PRIVILEGES ON `shop`.*"), Set.of(), "shop"))
        .isEmpty();
  }

  @Test
  void withoutRoutesRolesAreTrusted() {
    Grants grants = new Grants("'dm'@'%'", List.of("GRANT `writer`@`%` TO 'dm'@'%'"));

    assertThat(TargetCheck.dataProblems(grants, Set.of(), "dm_meta")).isEmpty();
  }

  private static Grants grants(String... grants) {
    return new Grants(
        "'dm'@'%'", Stream.of(grants).map(grant -> "GRANT " + grant + " TO 'dm'@'%'").toList());
  }
}
