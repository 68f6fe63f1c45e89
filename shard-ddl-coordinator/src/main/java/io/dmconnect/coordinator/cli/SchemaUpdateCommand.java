package io.dmconnect.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dm binlog-schema update}. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description =
        "State the schema that the shard group takes a table for, until its next change. The"
            + " merged table follows at once. The action is recorded with who and when.")
final class SchemaUpdateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;
  @Mixin private MemberOptions member;

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "FILE",
      description = "A file with its CREATE TABLE statement.")
  private Path file;

  @Option(names = "--from-target", description = "Takes the merged table's schema.")
  private boolean fromTarget;

  @Override
  public Integer call() throws Exception {
    if (fromTarget == (file != null)) {
      throw new ParameterException(spec.commandLine(), "State either FILE or --from-target");
    }

    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = api.client();
    TableId group = member.group(client);
    return group == null
        ? member.unknown(out)
        : member.act(client, group, Exit.SET_SCHEMA, createTable(client, group), out);
  }

  private String createTable(ApiClient client, TableId group) throws IOException {
    if (file != null) {
      return Files.readString(file);
    }

    JsonNode merged = client.get(member.path(group)).path("merged");
    if (!merged.isTextual()) {
      throw new ParameterException(spec.commandLine(), "There is no merged table " + group);
    }

    return merged.asText();
  }
}
