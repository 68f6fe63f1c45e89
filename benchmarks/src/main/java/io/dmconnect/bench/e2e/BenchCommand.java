package io.dmconnect.bench.e2e;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.cli.Subcommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dm bench}: the end-to-end benchmark with its peer in the same run. */
@Command(
    name = "bench",
    description =
        "MySQL to Kafka to TiDB through Avro: snapshot, bulk binlog, small transactions and idle"
            + " latency, and the same work by Debezium's MySQL source and JDBC sink.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Subcommand {
  private static final List<String> WARMED = List.of("snapshot", "bulk", "hot");
  private static final int SHARE_OF_ROWS = 5;

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "rows of the snapshot and of the bulk binlog (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--warm-up-rows",
      defaultValue = "300000",
      description =
          "rows of a snapshot and of a bulk binlog, and changes of small transactions, before what"
              + " is measured, so that no contender is measured while its JVM compiles; 0 for a"
              + " cold start (default: ${DEFAULT-VALUE})")
  private int warmUpRows;

  @Option(
      names = "--transactions",
      defaultValue = "50000",
      description = "transactions of four row changes (default: ${DEFAULT-VALUE})")
  private int transactions;

  @Option(
      names = "--latency-seconds",
      defaultValue = "30",
      description = "how long latency is measured (default: ${DEFAULT-VALUE})")
  private int latencySeconds;

  @Option(
      names = "--only",
      split = ",",
      description =
          "only these workloads: snapshot, bulk, hot, latency, failover, shard-ddl (not in the"
              + " default)")
  private List<String> only = List.of("snapshot", "bulk", "hot", "latency", "failover");

  @Option(
      names = "--changes",
      defaultValue = "100",
      description = "schema changes of shards that are timed (default: ${DEFAULT-VALUE})")
  private int changes;

  @Option(
      names = "--contenders",
      split = ",",
      description =
          "only these contenders: dm-connect, debezium; and with the other one's Avro converter:"
              + " dm-connect:apicurio, debezium:fast")
  private List<String> contenders = List.of("dm-connect", "debezium");

  @Override
  public Integer call() {
    PrintStream out = System.out;
    Path home = Path.of(System.getProperty("dm.home", "."));
    ArtifactStore store = ArtifactStore.standard(out::println);
    BenchReport report = new BenchReport();
    if (only.contains("shard-ddl")) {
      out.println("Starting fresh servers for shard merge");
      try (ShardDdlRun run = new ShardDdlRun(home, store, out)) {
        report.add(run.run(changes, rows / SHARE_OF_ROWS));
      }
    }
    for (String name : only.equals(List.of("shard-ddl")) ? List.<String>of() : contenders) {
      Contender contender = contender(name, home);
      out.println("Starting fresh servers for " + contender.title());
      try (BenchRun run = new BenchRun(contender, store, out)) {
        if (warmUpRows > 0 && !Collections.disjoint(only, WARMED)) {
          run.warmUp(warmUpRows);
        }
        if (only.contains("snapshot")) {
          report.add(run.snapshot(rows));
        }
        if (only.contains("bulk")) {
          report.add(run.bulk(rows));
        }
        if (only.contains("hot")) {
          run.hot(transactions).forEach(report::add);
        }
        if (only.contains("latency")) {
          report.add(run.latency(latencySeconds));
        }
      }
      if (only.contains("failover")) {
        try (FailOverRun run = new FailOverRun(contender, store)) {
          report.add(run.run());
        }
      }
    }
    report.print(out);
    return 0;
  }

  private static Contender contender(String name, Path home) {
    return switch (name) {
      case "dm-connect" -> new DmConnect(home, false);
      case "dm-connect:apicurio" -> new DmConnect(home, true);
      case "debezium" -> new Debezium(home, false);
      case "debezium:fast" -> new Debezium(home, true);
      default -> throw new IllegalArgumentException("No contender " + name);
    };
  }
}
