package io.dmconnect.coordinator.cli;

import io.dmconnect.local.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./dm shard-ddl-lock}: shows and ends what shards wait for. */
@Command(
    name = "shard-ddl-lock",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LockListCommand.class,
      LockUnlockCommand.class,
      LockHistoryCommand.class,
      ForgetSourceCommand.class
    },
    description = "Show or end what shard groups wait for.")
public final class ShardDdlLockCommand implements Subcommand {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Which one: list, unlock, history or forget-source?");
  }
}
