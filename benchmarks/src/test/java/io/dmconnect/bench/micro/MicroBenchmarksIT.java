package io.dmconnect.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.artifact.ArtifactStore;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, in this JVM, without timing it. */
class MicroBenchmarksIT {
  private static MicroStack stack;

  @BeforeAll
  static void startServers() throws Exception {
    stack = MicroStack.start(Path.of(".."), ArtifactStore.standard(line -> {}));
    System.setProperty(Inputs.FOLDER, stack.inputs().toString());
  }

  @AfterAll
  static void stopServers() {
    System.clearProperty(Inputs.FOLDER);
    stack.close();
  }

  static Collection<Class<?>> benchmarks() {
    return MicrobenchCommand.benchmarks().values();
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void runs(Class<?> benchmark) throws RunnerException {
    Options once =
        new OptionsBuilder()
            .include(Pattern.quote(benchmark.getName() + '.'))
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results).isNotEmpty();
  }
}
