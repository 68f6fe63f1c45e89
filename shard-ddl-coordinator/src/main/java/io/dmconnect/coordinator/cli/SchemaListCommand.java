package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
    description =
        "The schemas that a task's shard groups take their tables for: each one's CREATE TABLE,"
            + " and what would make it into the merged table.")
final class SchemaListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Option(
      names = {"-s", "--source"},
      description = "Only tables of this source.")
  private String source;

  @Parameters(index = "0", paramLabel = "TASK", description = "The task.")
  private String task;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATABASE",
      description = "Only tables of this upstream schema.")
  private String database;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "TABLE",
      description = "Only tables of this name.")
  private String table;

  @Override
  public Integer call() throws Exception {
    ApiClient client = api.client();
    int found = 0;
    for (JsonNode summary : client.get(ApiClient.path("tasks", task, "groups"))) {
      String schema = summary.path("group").path("schema").asText();
      String merged = summary.path("group").path("table").asText();
      found +=
          list(client, ApiClient.path("tasks", task, "groups", schema, merged), schema, merged);
    }

    if (found == 0) {
      spec.commandLine().getOut().println("No shard group of the task has such a table.");
    }

    return found == 0 ? 1 : 0;
  }

  private int list(ApiClient client, String path, String schema, String merged) throws IOException {
    int found = 0;
    for (JsonNode one : client.get(path).path("schemas")) {
      for (JsonNode name : one.path("members")) {
        String member = name.asText();
        String own = member.substring(0, member.indexOf('/'));
        String rest = member.substring(member.indexOf('/') + 1);
        if (isWanted(own, rest)) {
          found++;
          print(client, path, member, schema + "." + merged);
        }
      }
    }

    return found;
  }

  private boolean isWanted(String own, String name) {
    return (source == null || source.equals(own))
        && (database == null || name.startsWith(database + "."))
        && (table == null || name.equals(database + "." + table));
  }

  private void print(ApiClient client, String path, String member, String group)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String rest = member.substring(member.indexOf('/') + 1);
    int dot = rest.indexOf('.');
    JsonNode node =
        client.get(
            path
                + ApiClient.below(
                    "members",
                    member.substring(0, member.indexOf('/')),
                    rest.substring(0, dot),
                    rest.substring(dot + 1)));
    out.println("-- " + member + " of " + group);
    out.println(node.path("sql").asText() + ";");
    if (node.has("seen_as")) {
      out.println("-- The group takes it for, because a change was skipped:");
      out.println(node.path("seen_as").asText() + ";");
    }

    if (!node.path("differences").isEmpty()) {
      out.println("-- What would make it into the merged table:");
      node.path("differences").forEach(sql -> out.println(sql.asText() + ";"));
    }
  }
}
