package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dmconnect.model.coordination.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm shard-ddl-lock unlock}. */
@Command(
    name = "unlock",
    mixinStandardHelpOptions = true,
    description = "End a waiting state. The action is recorded with who and when.")
final class LockUnlockCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "LOCK", description = "The lock's id: task-`schema`.`table`.")
  private String lock;

  @Option(
      names = {"-s", "--source"},
      description = "The source of the member it is about.")
  private String source;

  @Option(
      names = {"-d", "--database"},
      description = "The member's schema.")
  private String database;

  @Option(
      names = {"-t", "--table"},
      description = "The member's table.")
  private String table;

  @Option(
      names = {"-a", "--action"},
      defaultValue = "skip",
      description =
          "skip: the member goes past its change; exec: it is run now, after a failure again;"
              + " replace: --sql is run instead; drop-member: the table leaves the group;"
              + " add-member: it joins with --create-table; release: give up the running"
              + " execution and decide anew (${DEFAULT-VALUE}).")
  private String action;

  @Option(names = "--sql", description = "For replace: a statement, may be repeated.")
  private List<String> statements = List.of();

  @Option(names = "--create-table", description = "For add-member: its CREATE TABLE statement.")
  private String createTable;

  @Override
  public Integer call() throws Exception {
    LockId id = lockId();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    Exit exit = exit();
    body.put("exit", exit.name());
    if (source != null || database != null || table != null) {
      if (source == null || database == null || table == null) {
        throw new ParameterException(
            spec.commandLine(), "A member is named by --source, --database and --table");
      }

      body.putObject("member").put("source", source).put("schema", database).put("table", table);
    }

    statements.forEach(body.putArray("statements")::add);
    if (createTable != null) {
      body.put("create_table", createTable);
    }

    String path =
        ApiClient.path(
            "tasks", id.task(), "groups", id.group().schema(), id.group().table(), "actions");
    return print(api.client().post(path, body));
  }

  private int print(JsonNode entry) {
    PrintWriter out = spec.commandLine().getOut();
    if (!entry.has("action")) {
      out.println(
          "Stored, not carried out yet: look for "
              + entry.path("id").asText()
              + " in 'shard-ddl-lock history'.");
      return 0;
    }

    for (JsonNode note : entry.path("notes")) {
      out.println(note.asText());
    }

    if (entry.path("notes").isEmpty()) {
      out.println("Done.");
    }

    return entry.path("notes").isEmpty() ? 0 : 1;
  }

  private LockId lockId() {
    try {
      return LockId.parse(lock);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Exit exit() {
    return switch (action) {
      case "skip" -> Exit.SKIP;
      case "exec" -> Exit.EXECUTE;
      case "replace" -> Exit.REPLACE;
      case "drop-member" -> Exit.DROP_MEMBER;
      case "add-member" -> Exit.ADD_MEMBER;
      case "release" -> Exit.RELEASE;
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "--action must be skip, exec, replace, drop-member, add-member or release, not "
                  + action);
    };
  }
}
