package io.dmconnect.coordinator.cli;

import io.dmconnect.coordinator.CoordinatorMain;
import io.dmconnect.local.cli.Subcommand;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dm coordinator}: runs a coordinator until Ctrl-C. */
@Command(
    name = "coordinator",
    mixinStandardHelpOptions = true,
    description = "Run a shard DDL coordinator: the REST API, the web page and the decisions.")
public final class CoordinatorCommand implements Subcommand {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, a properties file; config-examples has one.")
  private Path config;

  @Override
  public Integer call() throws Exception {
    return CoordinatorMain.run(config, System.out);
  }
}
