package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.model.TableId;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm shard-ddl-lock list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Who waits at which schema change, since when, for whom, and the ways out.")
final class LockListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(arity = "0..1", paramLabel = "TASK", description = "Only this task.")
  private String task;

  @Option(names = "--all", description = "Also groups in which nobody waits and nothing is wrong.")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = api.client();
    int locks = 0;
    for (JsonNode one : client.get(ApiClient.path("tasks"))) {
      String name = one.path("task").asText();
      if (task == null || task.equals(name)) {
        for (JsonNode group : one.path("groups")) {
          locks += print(client, name, group, out);
        }
      }
    }

    if (locks == 0) {
      out.println("No shard waits.");
    }

    return 0;
  }

  private int print(ApiClient client, String name, JsonNode summary, PrintWriter out)
      throws Exception {
    TableId table =
        new TableId(
            summary.path("group").path("schema").asText(),
            summary.path("group").path("table").asText());
    JsonNode group =
        client.get(ApiClient.path("tasks", name, "groups", table.schema(), table.table()));
    boolean idle = group.path("waits").isEmpty() && !GroupTrouble.isIn(group);
    if (idle && !all) {
      return 0;
    }

    out.printf(
        "%s  %s, %d members%n",
        new LockId(name, table), group.path("mode").asText(), group.path("members").asInt());
    GroupTrouble.print(group, "  ", out);
    for (JsonNode wait : group.path("waits")) {
      print(wait, out);
    }

    return 1;
  }

  private static void print(JsonNode wait, PrintWriter out) {
    out.printf(
        "  %s for %s: %s%n",
        wait.path("decision").asText(),
        Ages.of(wait.path("age_ms").asLong()),
        wait.path("reason").asText());
    out.println("    members:   " + GroupTrouble.some(wait.path("members")));
    if (!wait.path("waits_for").isEmpty()) {
      out.println("    waits for: " + GroupTrouble.some(wait.path("waits_for")));
    }

    if (wait.path("theirs").isTextual()) {
      out.println("    this side:  " + wait.path("mine").asText());
      out.println("    other side: " + wait.path("theirs").asText());
    } else {
      wait.path("statements").forEach(sql -> out.println("    " + sql.asText()));
    }

    if (wait.path("failure").isTextual()) {
      out.println("    failed: " + wait.path("failure").asText());
    }

    if (!wait.path("exits").isEmpty()) {
      out.println("    ways out: " + GroupTrouble.some(wait.path("exits")));
    }
  }
}
