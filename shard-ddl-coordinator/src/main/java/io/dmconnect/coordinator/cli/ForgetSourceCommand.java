package io.dmconnect.coordinator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm shard-ddl-lock forget-source}. */
@Command(
    name = "forget-source",
    mixinStandardHelpOptions = true,
    description =
        "Let the tables of a source whose connector was deleted leave all groups of a task. They"
            + " come back when the source states its tables again.")
final class ForgetSourceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(index = "0", paramLabel = "TASK", description = "The task.")
  private String task;

  @Parameters(index = "1", paramLabel = "SOURCE", description = "The source's topic.prefix.")
  private String source;

  @Override
  public Integer call() throws Exception {
    api.client().delete(ApiClient.path("tasks", task, "sources", source));
    spec.commandLine().getOut().println("The tables of " + source + " have left their groups.");
    return 0;
  }
}
