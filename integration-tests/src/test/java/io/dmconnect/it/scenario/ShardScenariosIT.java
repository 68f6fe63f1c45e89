package io.dmconnect.it.scenario;

import io.dmconnect.it.harness.TestStack;
import io.dmconnect.local.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Plays the scenarios of {@code shard-scenarios/}, each a test of its own. Those of a mode share a
 * pipeline and are played at the same time. {@code -Ddm.scenario=REGEX} chooses some by file.
 */
@ExtendWith(TestStack.class)
class ShardScenariosIT {
  private static final int THREADS = 8;
  private static final String CHOICE = System.getProperty("dm.scenario");

  /** Those of DM's main cases; {@code -Pscenarios} plays all. */
  private static final String PLAYED = System.getProperty("dm.scenarios", "6\\.[134]/.*");

  private final LocalStack stack;

  ShardScenariosIT(LocalStack stack) {
    this.stack = stack;
  }

  @TestFactory
  Stream<DynamicContainer> optimistic() {
    return tests(Mode.OPTIMISTIC);
  }

  @TestFactory
  Stream<DynamicContainer> pessimistic() {
    return tests(Mode.PESSIMISTIC);
  }

  @TestFactory
  Stream<DynamicContainer> strictOptimistic() {
    return tests(Mode.STRICT);
  }

  private Stream<DynamicContainer> tests(Mode mode) {
    Map<String, List<Scenario>> byPipeline = new LinkedHashMap<>();
    for (Scenario scenario : ScenarioReader.all()) {
      if (scenario.modes().contains(mode) && isChosen(scenario)) {
        byPipeline.computeIfAbsent(scenario.pipeline(), name -> new ArrayList<>()).add(scenario);
      }
    }

    return byPipeline.entrySet().stream()
        .map(one -> DynamicContainer.dynamicContainer(one.getKey(), play(mode, one.getValue())));
  }

  /** Open ones are played when they are asked for. */
  private static boolean isChosen(Scenario scenario) {
    return CHOICE == null
        ? scenario.open() == null && scenario.id().matches(PLAYED)
        : scenario.id().matches(CHOICE);
  }

  private Stream<DynamicTest> play(Mode mode, List<Scenario> scenarios) {
    long begun = System.nanoTime();
    ScenarioPipeline pipeline = new ScenarioPipeline(stack, mode);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Map<Scenario, Future<?>> results = new LinkedHashMap<>();
    try {
      for (ScenarioRun run : prepared(pipeline, scenarios)) {
        results.put(
            run.scenario(),
            threads.submit(
                () -> {
                  play(run, mode);
                  return null;
                }));
      }
    } catch (Exception e) {
      close(pipeline, threads);
      throw new IllegalStateException("The scenarios' pipeline cannot be started", e);
    }

    return scenarios.stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.testName(mode), () -> await(results.get(scenario))))
        .onClose(
            () -> {
              close(pipeline, threads);
              Duration took = Duration.ofNanos(System.nanoTime() - begun);
              System.out.println(
                  scenarios.size() + " scenarios, " + mode.word() + ": " + took.toSeconds() + " s");
            });
  }

  /** Plays a scenario and says how long it took, so that slow ones are seen. */
  private void play(ScenarioRun run, Mode mode) throws Exception {
    long begun = System.nanoTime();
    String end = "failed";
    try {
      run.play();
      end = "played";
    } finally {
      if (end.equals("failed")) {
        stack.keepLogs();
      }

      double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
      System.out.printf(
          Locale.ROOT, "%s %s %s in %.1f s%n", mode.word(), run.scenario().id(), end, seconds);
    }
  }

  private List<ScenarioRun> prepared(ScenarioPipeline pipeline, List<Scenario> scenarios)
      throws Exception {
    List<ScenarioRun> runs = new ArrayList<>();
    try (Servers servers = Servers.connect(stack)) {
      for (Scenario scenario : scenarios) {
        ScenarioRun run = new ScenarioRun(pipeline, scenario);
        run.prepare(servers);
        runs.add(run);
      }
    }

    pipeline.start(scenarios);
    return runs;
  }

  private static void await(Future<?> result) throws Exception {
    try {
      result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError error) {
        throw error;
      }

      throw e;
    }
  }

  private static void close(ScenarioPipeline pipeline, ExecutorService threads) {
    threads.shutdownNow();
    try {
      pipeline.close();
    } catch (Exception e) {
      throw new IllegalStateException("The scenarios' pipeline cannot be closed", e);
    }
  }
}
