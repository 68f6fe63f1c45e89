package io.dmconnect.coordinator.cli;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.Exit;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dm binlog-schema delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description =
        "Forget what was stated or skipped: the shard group takes the table for what its sink"
            + " states again. The action is recorded with who and when.")
final class SchemaDeleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ApiOptions api;
  @Mixin private MemberOptions member;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = api.client();
    TableId group = member.group(client);
    return group == null
        ? member.unknown(out)
        : member.act(client, group, Exit.RESET_SCHEMA, null, out);
  }
}
