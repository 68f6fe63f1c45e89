package io.dmconnect.bench.e2e;

import java.util.Arrays;

/**
 * Times from commit upstream to visible in the target, milliseconds.
 *
 * @param contender the contender's title
 * @param p50 the median
 * @param p99 the 99th percentile
 * @param max the longest
 */
record Latency(String contender, double p50, double p99, double max) {

  static Latency of(String contender, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latency(contender, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(long[] sorted, double quantile) {
    int index = (int) Math.ceil(quantile * sorted.length) - 1;
    return sorted[Math.max(0, index)] / 1e6;
  }
}
