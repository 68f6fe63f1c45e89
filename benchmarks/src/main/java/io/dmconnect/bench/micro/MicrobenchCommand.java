package io.dmconnect.bench.micro;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.cli.Subcommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dm microbench}: the hot paths alone, on what a real MySQL sends. */
@Command(
    name = "microbench",
    description =
        "JMH benchmarks of decoding, record making, converters and SQL text; nanoseconds and bytes"
            + " allocated per row. About four minutes.",
    mixinStandardHelpOptions = true)
public final class MicrobenchCommand implements Subcommand {
  @Option(
      names = "--only",
      split = ",",
      description = "only these: decode, stream, convert, sql, literal")
  private List<String> only = List.copyOf(benchmarks().keySet());

  /** The benchmarks by their names for people, in the order of a row's way. */
  static Map<String, Class<?>> benchmarks() {
    Map<String, Class<?>> benchmarks = new LinkedHashMap<>();
    benchmarks.put("decode", DecodeBenchmark.class);
    benchmarks.put("stream", StreamBenchmark.class);
    benchmarks.put("convert", ConvertBenchmark.class);
    benchmarks.put("sql", SqlBenchmark.class);
    benchmarks.put("literal", LiteralBenchmark.class);
    return benchmarks;
  }

  @Override
  public Integer call() throws IOException, SQLException, RunnerException {
    PrintStream out = System.out;
    for (String name : only) {
      if (!benchmarks().containsKey(name)) {
        throw new IllegalArgumentException("No benchmark " + name);
      }
    }
    MicroReport report = new MicroReport(out);
    Path home = Path.of(System.getProperty("dm.home", "."));
    try (MicroStack stack = MicroStack.start(home, ArtifactStore.standard(out::println))) {
      report.head();
      for (String name : only) {
        report.add(new Runner(options(benchmarks().get(name), stack).build()).run());
      }
    }
    return 0;
  }

  private static OptionsBuilder options(Class<?> benchmark, MicroStack stack) {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(Pattern.quote(benchmark.getName() + '.'))
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .jvmArgs(
            "-XX:+UseSerialGC", "-Xms1g", "-Xmx1g", "-D" + Inputs.FOLDER + '=' + stack.inputs());
    return options;
  }
}
