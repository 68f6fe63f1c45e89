package io.dmconnect.coordinator.cli;

import io.dmconnect.local.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dm binlog-schema}: the schemas shard groups know of their members. */
@Command(
    name = "binlog-schema",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SchemaListCommand.class,
    description = "Show the schema of an upstream table as its shard group knows it.")
public final class BinlogSchemaCommand implements Subcommand {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which one: list?");
  }
}
