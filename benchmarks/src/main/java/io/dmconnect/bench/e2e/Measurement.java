package io.dmconnect.bench.e2e;

import java.util.Map;

/**
 * What one contender needed for one workload.
 *
 * @param workload the workload's title
 * @param contender the contender's title
 * @param rows how many rows or row changes
 * @param wallSeconds until the target equalled the source
 * @param cpuSeconds of each process in that time
 */
record Measurement(
    String workload,
    String contender,
    long rows,
    double wallSeconds,
    Map<String, Double> cpuSeconds) {

  double rowsPerSecond() {
    return rows / wallSeconds;
  }

  /** CPU microseconds of the Connect workers for each row. */
  double workerMicrosPerRow() {
    return cpu("connect-") * 1e6 / rows;
  }

  /** CPU seconds of all processes whose name starts so. */
  double cpu(String prefix) {
    return cpuSeconds.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
