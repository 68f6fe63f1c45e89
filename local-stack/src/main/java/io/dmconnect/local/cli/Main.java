package io.dmconnect.local.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program behind {@code ./dm}. Its subcommands are the {@link Subcommand} services on the class
 * path.
 */
@Command(
    name = "dm",
    mixinStandardHelpOptions = true,
    version = "DM Connect 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "DM Connect on this machine: real servers, no containers needed.",
    footer = {
      "",
      "Benchmarks, built on first use: ./dm bench, ./dm microbench.",
      "DM_SERVERS=docker runs databases and Kafka as containers."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  private Main() {}

  /** Runs the subcommand that the arguments name and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> main.report(e, command));
    return line.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private int report(Exception e, CommandLine command) {
    command.getErr().println("dm: " + e.getMessage());
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
