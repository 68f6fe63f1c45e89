package io.dmconnect.coordinator.cli;

import io.dmconnect.local.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dm binlog-schema}: the schemas shard groups take their members for. */
@Command(
    name = "binlog-schema",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SchemaListCommand.class, SchemaUpdateCommand.class, SchemaDeleteCommand.class},
    description = "Show, state or reset the schema that a shard group takes an upstream table for.")
public final class BinlogSchemaCommand implements Subcommand {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which one: list, update or delete?");
  }
}
