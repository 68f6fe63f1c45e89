package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm shard-ddl-lock history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "What operators did: who, when, what.")
final class LockHistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "TASK", description = "The task.")
  private String task;

  @Option(names = "--limit", defaultValue = "20", description = "How many (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    String path = ApiClient.path("tasks", task, "audit") + "?limit=" + limit;
    for (JsonNode entry : api.client().get(path)) {
      JsonNode group = entry.path("group");
      out.printf(
          "%s  %s  %s  %s %s%n",
          Instant.ofEpochMilli(entry.path("at_ms").asLong()),
          entry.path("operator").asText(),
          entry.path("action").asText(),
          group.isObject()
              ? group.path("schema").asText() + "." + group.path("table").asText()
              : "",
          entry.path("subject").asText(""));
      entry.path("statements").forEach(sql -> out.println("    " + sql.asText()));
      entry.path("notes").forEach(note -> out.println("    note: " + note.asText()));
    }

    return 0;
  }
}
