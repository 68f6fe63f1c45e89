package io.dmconnect.local.demo;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.PrintedProgress;
import io.dmconnect.local.cli.StackAddresses;
import io.dmconnect.local.cli.Subcommand;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.MysqlRelease;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dm demo}: the main job on real servers, with a proof at the end. */
@Command(
    name = "demo",
    description =
        "Merges four shards of two MySQL servers into one TiDB table under write load, changes"
            + " schemas shard by shard, kills a worker, and compares both ends.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Subcommand {
  @Option(
      names = "--rows",
      defaultValue = "100000",
      description = "rows a shard (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--mode",
      defaultValue = "OPTIMISTIC",
      description =
          "how the shards' schema changes are coordinated: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE})")
  private ShardMode mode;

  @Option(names = "--keep", description = "leave everything running until Ctrl-C")
  private boolean keep;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (rows < 1) {
      throw new ParameterException(spec.commandLine(), "--rows must be at least 1");
    }
    Path home = Path.of(System.getProperty("dm.home", "."));
    PrintStream out = System.out;
    try (LocalStack stack = start(home, out)) {
      boolean equal = run(stack, home, out);
      if (keep) {
        StackAddresses.print(stack, out);
        StackAddresses.printCommands(stack, out, "mysql-1.shop.everything");
        StackAddresses.awaitInterrupt(out);
      }
      return equal ? 0 : 1;
    }
  }

  private boolean run(LocalStack stack, Path home, PrintStream out) throws SQLException {
    boolean equal = false;
    try {
      boolean terminal = Boolean.getBoolean("dm.terminal");
      DemoCoordination coordination =
          new DemoCoordination(
              stack.coordinators().get(0), stack.zooKeeper().connectString(), home, mode);
      equal = new DemoRun(stack, home, rows, out, terminal, coordination, Clock.systemUTC()).run();
      out.println();
      out.println(equal ? "Both ends are equal." : "THE ENDS DIFFER.");
    } finally {
      if (!equal) {
        stack.keepLogs();
        out.println("The servers' logs are kept: " + stack.workspace().log("*"));
      }
    }
    return equal;
  }

  private static LocalStack start(Path home, PrintStream out) {
    return LocalStack.builder()
        .progress(new PrintedProgress(out))
        .mysql("mysql-1", MysqlRelease.MYSQL_8_0)
        .mysql("mysql-2", MysqlRelease.MYSQL_8_0)
        .tidb()
        .kafka()
        .coordinators(home, 1)
        .avroRegistry()
        .connect(2)
        .plugins(
            PluginZips.built(home, "connect-source-mysql-dm"),
            PluginZips.built(home, "connect-sink-tidb"))
        .converterJars(PluginZips.builtJar(home, "connect-avro-converter"))
        .start();
  }
}
