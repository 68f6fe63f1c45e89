package io.dmconnect.local.cli;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.PrintedProgress;
import io.dmconnect.local.StackBuilder;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.MysqlRelease;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dm stack}: starts servers, prints how to reach them and waits for Ctrl-C. */
@Command(
    name = "stack",
    mixinStandardHelpOptions = true,
    description =
        "Start MySQL, TiDB, Kafka, Connect with both plugins, ZooKeeper and an Avro registry,"
            + " and keep them until Ctrl-C.")
public final class StackCommand implements Subcommand {
  @Option(
      names = "--sources",
      defaultValue = "1",
      description = "MySQL servers (${DEFAULT-VALUE}).")
  private int sources;

  @Option(
      names = "--workers",
      defaultValue = "1",
      description = "Connect workers (${DEFAULT-VALUE}).")
  private int workers;

  @Option(names = "--mariadb", description = "Start a MariaDB as well.")
  private boolean mariaDb;

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("dm.home", "."));
    PrintStream out = System.out;
    StackBuilder builder =
        LocalStack.builder()
            .tidb()
            .connect(workers)
            .zooKeeper()
            .avroRegistry()
            .plugins(
                PluginZips.built(home, "connect-source-mysql-dm"),
                PluginZips.built(home, "connect-sink-tidb"))
            .converterJars(PluginZips.builtJar(home, "connect-avro-converter"))
            .progress(new PrintedProgress(out));
    for (int i = 1; i <= sources; i++) {
      builder.mysql("mysql-" + i, MysqlRelease.MYSQL_8_0);
    }
    if (mariaDb) {
      builder.mariaDb("mariadb");
    }
    try (LocalStack stack = builder.start()) {
      StackAddresses.print(stack, out);
      StackAddresses.awaitInterrupt(out);
    }
    return 0;
  }
}
