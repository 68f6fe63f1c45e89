package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Servers as containers; a TiDB that the environment names is taken instead of one. */
record ContainerServers(Workspace workspace, ArtifactStore store, Map<String, String> environment)
    implements ServerFactory {
  ContainerServers {
    environment = Map.copyOf(environment);
  }

  @Override
  public DatabaseServer mysql(
      String name,
      MysqlRelease release,
      int serverId,
      List<String> arguments,
      Certificates certificates,
      String systemZone) {
    List<String> options = ChildServers.withTls(arguments, certificates);
    List<Path> files = certificates == null ? List.of() : certificates.serverFiles();
    return new MysqlContainer(workspace, name, release, serverId, options, files, systemZone);
  }

  @Override
  public DatabaseServer mariaDb(String name, int serverId, List<String> arguments) {
    return new MariaDbContainer(workspace, name, serverId, arguments);
  }

  @Override
  public DatabaseServer tiDb(String name, Certificates certificates) {
    String url = environment.getOrDefault(TiDbSource.URL_VARIABLE, "");
    return url.isBlank()
        ? new TiDbContainer(workspace, name, certificates)
        : new ExternalDatabase(workspace, name, url, ExternalDatabase.TIDB_PORT);
  }

  @Override
  public KafkaBroker kafka(String name, Map<String, String> settings) {
    return new KafkaContainer(workspace, store, name, settings);
  }
}
