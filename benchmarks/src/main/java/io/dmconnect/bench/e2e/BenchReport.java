package io.dmconnect.bench.e2e;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Prints measurements side by side, the first contender's with its ratios to the others: of rows/s
 * to the fastest of them, of CPU to the most thrifty, be they two settings of one contender.
 */
final class BenchReport {
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Latency> latencies = new ArrayList<>();
  private final List<FailOver> failOvers = new ArrayList<>();
  private final List<ShardDdl> shardDdls = new ArrayList<>();

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  void add(Latency latency) {
    latencies.add(latency);
  }

  void add(FailOver failOver) {
    failOvers.add(failOver);
  }

  void add(ShardDdl shardDdl) {
    shardDdls.add(shardDdl);
  }

  void print(PrintStream out) {
    out.printf(
        "%n%-32s %-30s %10s %8s %10s | CPU-s: %8s %8s %8s %8s %8s | %6s %6s%n",
        "workload",
        "contender",
        "rows/s",
        "wall s",
        "worker us",
        "worker",
        "broker",
        "TiDB",
        "MySQL",
        "registry",
        "speed",
        "CPU");
    for (Measurement m : measurements) {
      List<Measurement> peers = peers(m);
      out.printf(
          "%-32s %-30s %,10.0f %8.1f %10.1f |        %8.1f %8.1f %8.1f %8.1f %8.1f | %6s %6s%n",
          m.workload(),
          m.contender(),
          m.rowsPerSecond(),
          m.wallSeconds(),
          m.workerMicrosPerRow(),
          m.cpu("connect-"),
          m.cpu("kafka"),
          m.cpu("tidb"),
          m.cpu("mysql"),
          m.cpu("avro-registry"),
          ratio(peers.stream().mapToDouble(peer -> m.rowsPerSecond() / peer.rowsPerSecond()).min()),
          ratio(
              peers.stream()
                  .mapToDouble(peer -> peer.workerMicrosPerRow() / m.workerMicrosPerRow())
                  .min()));
    }
    for (Latency latency : latencies) {
      print(out, "idle latency, 10 rows/s", latency);
    }
    for (FailOver failOver : failOvers) {
      out.printf(
          "%-32s %-30s sink's worker %.1f s, source's worker %.1f s%n",
          "kill -9 to the first new row", failOver.contender(), failOver.sink(), failOver.source());
    }
    for (ShardDdl shards : shardDdls) {
      print(out, "shard's DDL to TiDB, idle", shards.ddl());
      print(out, "row with the new column, idle", shards.row());
      out.printf(
          "%-32s %-30s %,.0f rows/s, while none waits %,.0f rows/s: ratio %.2f%n",
          "other table while a shard waits",
          shards.ddl().contender(),
          shards.waiting(),
          shards.free(),
          shards.ratio());
    }
    out.println(
        "speed: rows/s over the fastest peer's; CPU: the least worker CPU per row of a peer over this"
            + " one's."
            + " Avro: this project's converter, the peer with Apicurio's unless named otherwise.");
  }

  private static void print(PrintStream out, String what, Latency latency) {
    out.printf(
        "%-32s %-30s p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        what, latency.contender(), latency.p50(), latency.p99(), latency.max());
  }

  private List<Measurement> peers(Measurement of) {
    if (!of.contender().equals(measurements.get(0).contender())) {
      return List.of();
    }
    return measurements.stream()
        .filter(m -> m.workload().equals(of.workload()) && !m.contender().equals(of.contender()))
        .toList();
  }

  private static String ratio(OptionalDouble value) {
    return value.isPresent() ? String.format("%.1fx", value.getAsDouble()) : "";
  }
}
