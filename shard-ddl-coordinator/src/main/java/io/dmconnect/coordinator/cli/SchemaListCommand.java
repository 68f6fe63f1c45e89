package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm binlog-schema list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "The table's CREATE TABLE, and what would make it into the merged table.")
final class SchemaListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Option(
      names = {"-s", "--source"},
      required = true,
      description = "The source.")
  private String source;

  @Parameters(index = "0", paramLabel = "TASK", description = "The task.")
  private String task;

  @Parameters(index = "1", paramLabel = "DATABASE", description = "The upstream schema.")
  private String database;

  @Parameters(index = "2", paramLabel = "TABLE", description = "The upstream table.")
  private String table;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = api.client();
    String member = source + "/" + database + "." + table;
    for (JsonNode summary : client.get(ApiClient.path("tasks", task, "groups"))) {
      String schema = summary.path("group").path("schema").asText();
      String merged = summary.path("group").path("table").asText();
      JsonNode group = client.get(ApiClient.path("tasks", task, "groups", schema, merged));
      if (holds(group, member)) {
        print(
            client.get(
                ApiClient.path(
                    "tasks", task, "groups", schema, merged, "members", source, database, table)),
            out);
        return 0;
      }
    }

    out.println("No shard group of the task has a member " + member + ".");
    return 1;
  }

  private static boolean holds(JsonNode group, String member) {
    for (JsonNode schema : group.path("schemas")) {
      for (JsonNode name : schema.path("members")) {
        if (name.asText().equals(member)) {
          return true;
        }
      }
    }

    return false;
  }

  private static void print(JsonNode member, PrintWriter out) {
    out.println(member.path("sql").asText());
    if (member.has("seen_as")) {
      out.println("-- The group takes it for, because a change was skipped:");
      out.println(member.path("seen_as").asText());
    }

    if (!member.path("differences").isEmpty()) {
      out.println("-- What would make it into the merged table:");
      member.path("differences").forEach(sql -> out.println(sql.asText() + ";"));
    }
  }
}
