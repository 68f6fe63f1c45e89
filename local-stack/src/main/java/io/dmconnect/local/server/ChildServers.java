package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Servers as child processes. */
record ChildServers(Workspace workspace, ArtifactStore store, Map<String, String> environment)
    implements ServerFactory {
  ChildServers {
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
    List<String> options = withTls(arguments, certificates);
    return new Mysql(workspace, store, name, release, serverId, options, systemZone);
  }

  /** Options of mysqld with those that offer TLS. */
  static List<String> withTls(List<String> arguments, Certificates certificates) {
    return certificates == null
        ? arguments
        : Stream.concat(arguments.stream(), certificates.mysqlOptions().stream()).toList();
  }

  @Override
  public DatabaseServer mariaDb(String name, int serverId, List<String> arguments) {
    return new MariaDb(workspace, store, name, serverId, arguments);
  }

  @Override
  public DatabaseServer tiDb(String name, Certificates certificates) {
    return new TiDbSource(store, environment).server(workspace, name, certificates);
  }

  @Override
  public KafkaBroker kafka(String name, Map<String, String> settings) {
    return new KafkaBroker(workspace, store, name, settings);
  }
}
