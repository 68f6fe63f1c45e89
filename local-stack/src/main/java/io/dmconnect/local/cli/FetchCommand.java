package io.dmconnect.local.cli;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import io.dmconnect.local.server.AvroConverterPlugin;
import io.dmconnect.local.server.AvroRegistry;
import io.dmconnect.local.server.KafkaBroker;
import io.dmconnect.local.server.MariaDb;
import io.dmconnect.local.server.Mysql;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.local.server.Server;
import io.dmconnect.local.server.TiDbSource;
import io.dmconnect.local.server.ZooKeeper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dm fetch}: fills the cache, so that later commands and tests need no network. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = "Fetch or build all servers now; later commands then start at once.")
public final class FetchCommand implements Subcommand {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ArtifactStore store = ArtifactStore.standard(work -> out.println("  " + work + " ..."));
    try (Workspace workspace = Workspace.create()) {
      servers(workspace, store).forEach(Server::prepare);
    }
    AvroConverterPlugin.folder(store);
    out.println("All servers are in " + store.directory());
    return 0;
  }

  private static List<Server> servers(Workspace workspace, ArtifactStore store) {
    List<Server> servers = new ArrayList<>();
    for (MysqlRelease release : MysqlRelease.values()) {
      servers.add(new Mysql(workspace, store, release.name(), release, 1, List.of()));
    }
    servers.add(new MariaDb(workspace, store, "mariadb", 1, List.of()));
    servers.add(new KafkaBroker(workspace, store, "kafka", Map.of()));
    servers.add(new ZooKeeper(workspace, store, "zookeeper"));
    servers.add(new AvroRegistry(workspace, store, "avro-registry"));
    servers.add(new TiDbSource(store, System.getenv()).server(workspace, "tidb"));
    return servers;
  }
}
