package io.dmconnect.bench.micro;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Prints results as rows of one table. */
final class MicroReport {
  private static final String ROW = "%-28s %-18s %10s %8s %12s%n";

  private final PrintStream out;

  MicroReport(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.printf(ROW, "benchmark", "of", "ns/row", "+/-", "bytes/row");
  }

  void add(Collection<RunResult> results) {
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      out.printf(
          ROW,
          name(result.getParams()),
          arguments(result.getParams()),
          number(time.getScore()),
          number(time.getStatistics().getStandardDeviation()),
          number(allocated(result.getSecondaryResults())));
    }
  }

  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    int method = full.lastIndexOf('.');
    return full.substring(full.lastIndexOf('.', method - 1) + 1).replace("Benchmark.", ".");
  }

  private static String arguments(BenchmarkParams params) {
    return params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
  }

  @SuppressWarnings("rawtypes")
  private static double allocated(Map<String, Result> secondary) {
    Result result = secondary.get("gc.alloc.rate.norm");
    return result == null ? Double.NaN : result.getScore();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format("%,.1f", value);
  }
}
