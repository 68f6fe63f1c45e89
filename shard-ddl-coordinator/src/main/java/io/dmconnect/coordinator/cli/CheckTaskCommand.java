package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dmconnect.local.cli.Subcommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm check-task}. */
@Command(
    name = "check-task",
    mixinStandardHelpOptions = true,
    description =
        "Check the shard tables that a task merges: schemas, AUTO_INCREMENT, unique keys. The"
            + " sources look at their tables anew. Ends with 1 when there are errors.")
public final class CheckTaskCommand implements Subcommand {
  private static final String ERROR = "ERROR";
  private static final long PAUSE_MILLIS = 300;

  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "TASK", description = "The task.")
  private String task;

  @Option(
      names = {"-e", "--error"},
      defaultValue = "10",
      description = "How many errors are printed at most (${DEFAULT-VALUE}).")
  private int errors;

  @Option(
      names = {"-w", "--warn"},
      defaultValue = "10",
      description = "How many warnings are printed at most (${DEFAULT-VALUE}).")
  private int warnings;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long the sources may take; 0 prints what they found last (${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    ApiClient client = api.client();
    PrintWriter out = spec.commandLine().getOut();
    if (seconds > 0) {
      refresh(client, out);
    }

    JsonNode check = client.get(path());
    int found = print(check, ERROR, errors, out);
    int warned = print(check, "WARNING", warnings, out);
    out.println(
        "Checked the tables of "
            + check.path("answers").size()
            + " sources: "
            + found
            + " errors, "
            + warned
            + " warnings.");
    return found == 0 ? 0 : 1;
  }

  private String path() {
    return ApiClient.path("tasks", task, "check");
  }

  /** Has the connected sources look at their tables. */
  private void refresh(ApiClient client, PrintWriter out) throws IOException, InterruptedException {
    long number =
        client.post(path(), JsonNodeFactory.instance.objectNode()).path("number").asLong();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean all = everyoneAnswered(client, number);
    while (!all && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      all = everyoneAnswered(client, number);
    }

    if (!all) {
      out.println(
          "Not every source that is connected has answered within "
              + seconds
              + " s; what it found before is shown.");
    }
  }

  private boolean everyoneAnswered(ApiClient client, long number) throws IOException {
    JsonNode answers = client.get(path()).path("answers");
    for (JsonNode status : client.get(ApiClient.path("tasks", task, "status"))) {
      boolean source = status.path("kind").asText().equals("SOURCE");
      if (source && answers.path(status.path("participant").asText()).asLong() < number) {
        return false;
      }
    }

    return true;
  }

  private static int print(JsonNode check, String severity, int most, PrintWriter out) {
    int count = 0;
    for (JsonNode finding : check.path("findings")) {
      if (finding.path("severity").asText().equals(severity)) {
        count++;
        if (count <= most) {
          print(finding, out);
        }
      }
    }

    if (count > most) {
      out.println("… and " + (count - most) + " more of severity " + severity);
    }

    return count;
  }

  private static void print(JsonNode finding, PrintWriter out) {
    out.printf(
        "%s  %s  %s.%s%n  %s%n",
        finding.path("severity").asText(),
        finding.path("item").asText(),
        finding.path("group").path("schema").asText(),
        finding.path("group").path("table").asText(),
        finding.path("problem").asText());
    for (JsonNode difference : finding.path("differences")) {
      out.println("  " + difference.path("what").asText());
      for (JsonNode side : difference.path("sides")) {
        out.println("    " + side.path("definition").asText());
        side.path("tables").forEach(table -> out.println("      in " + table.asText()));
      }
    }

    out.println("  " + finding.path("advice").asText());
  }
}
