package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which member of a task's shard groups a command is about. */
public final class MemberOptions {
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

  /** The group that has the member; null when none has. */
  TableId group(ApiClient client) throws IOException {
    for (JsonNode summary : client.get(ApiClient.path("tasks", task, "groups"))) {
      TableId group =
          new TableId(
              summary.path("group").path("schema").asText(),
              summary.path("group").path("table").asText());
      for (JsonNode schema : client.get(path(group)).path("schemas")) {
        for (JsonNode name : schema.path("members")) {
          if (name.asText().equals(toString())) {
            return group;
          }
        }
      }
    }

    return null;
  }

  /** The group's path. */
  String path(TableId group) {
    return ApiClient.path("tasks", task, "groups", group.schema(), group.table());
  }

  /**
   * Gives a command about the member.
   *
   * @param createTable its CREATE TABLE statement; null for none
   * @return the exit code
   */
  int act(ApiClient client, TableId group, Exit exit, String createTable, PrintWriter out)
      throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("exit", exit.name());
    body.putObject("member").put("source", source).put("schema", database).put("table", table);
    if (createTable != null) {
      body.put("create_table", createTable);
    }

    JsonNode entry = client.post(path(group) + "/actions", body);
    entry.path("notes").forEach(note -> out.println(note.asText()));
    boolean done = entry.has("action") && entry.path("notes").isEmpty();
    if (done) {
      out.println("Done.");
    } else if (!entry.has("action")) {
      out.println("Stored, not carried out yet: " + entry.path("id").asText());
    }

    return entry.path("notes").isEmpty() ? 0 : 1;
  }

  /** Tells that there is no such member; the exit code. */
  int unknown(PrintWriter out) {
    out.println("No shard group of the task has a member " + this + ".");
    return 1;
  }

  /** As the API writes it: {@code source/schema.table}. */
  @Override
  public String toString() {
    return source + "/" + database + "." + table;
  }
}
