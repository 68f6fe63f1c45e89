package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.local.cli.Subcommand;
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
        print(one, client.get(ApiClient.path("tasks", name, "status")), out);
      }
    }

    if (!found) {
      out.println(task == null ? "There is no task." : "There is no task " + task + ".");
    }

    return found || task == null ? 0 : 1;
  }

  private static void print(JsonNode task, JsonNode statuses, PrintWriter out) {
    out.println("task " + task.path("task").asText() + "  " + task.path("mode").asText(""));
    for (JsonNode status : statuses) {
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

    for (JsonNode group : task.path("groups")) {
      out.printf(
          "  group %s.%s  %d members, %d waiting, %d in conflict%s%n",
          group.path("group").path("schema").asText(),
          group.path("group").path("table").asText(),
          group.path("members").asInt(),
          group.path("waiting").asInt(),
          group.path("conflicts").asInt(),
          oldest(group));
    }
  }

  private static String oldest(JsonNode group) {
    long millis = group.path("oldest_wait_ms").asLong();
    return millis == 0 ? "" : ", the oldest for " + Ages.of(millis);
  }
}
