package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.local.cli.Subcommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm query-status}. */
@Command(
    name = "query-status",
    mixinStandardHelpOptions = true,
    description = "How the sources, sinks and shard groups of the tasks are doing.")
public final class QueryStatusCommand implements Subcommand {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(arity = "0..1", paramLabel = "TASK", description = "Only this task.")
  private String task;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = api.client();
    boolean found = false;
    for (JsonNode one : client.get(ApiClient.path("tasks"))) {
      String name = one.path("task").asText();
      if (task == null || task.equals(name)) {
        found = true;
        print(client, one, out);
      }
    }

    if (!found) {
      out.println(task == null ? "There is no task." : "There is no task " + task + ".");
    }

    return found || task == null ? 0 : 1;
  }

  private static void print(ApiClient client, JsonNode task, PrintWriter out) throws IOException {
    String name = task.path("task").asText();
    out.println("task " + name + "  " + task.path("mode").asText(""));
    for (JsonNode status : client.get(ApiClient.path("tasks", name, "status"))) {
      out.printf(
          "  %s %s  %s%n",
          status.path("kind").asText().toLowerCase(Locale.ROOT),
          status.path("participant").asText(),
          status.path("stage").asText());
      status
          .path("details")
          .properties()
          .forEach(e -> out.println("    " + e.getKey() + ": " + e.getValue().asText()));
      if (status.path("last_error").isTextual()) {
        out.println("    last error: " + status.path("last_error").asText());
      }
    }

    int errors = task.path("check_errors").asInt();
    int warnings = task.path("check_warnings").asInt();
    if (errors + warnings > 0) {
      out.printf(
          "  prechecks: %d errors, %d warnings; ./dm check-task %s shows them%n",
          errors, warnings, name);
    }

    for (JsonNode group : task.path("groups")) {
      JsonNode table = group.path("group");
      out.printf(
          "  group %s.%s  %d members, %d waiting, %d in conflict%s%n",
          table.path("schema").asText(),
          table.path("table").asText(),
          group.path("members").asInt(),
          group.path("waiting").asInt(),
          group.path("conflicts").asInt(),
          oldest(group));
      String path =
          ApiClient.path(
              "tasks", name, "groups", table.path("schema").asText(), table.path("table").asText());
      GroupTrouble.print(client.get(path), "    ", out);
    }
  }

  private static String oldest(JsonNode group) {
    long millis = group.path("oldest_wait_ms").asLong();
    return millis == 0 ? "" : ", the oldest for " + Ages.of(millis);
  }
}
