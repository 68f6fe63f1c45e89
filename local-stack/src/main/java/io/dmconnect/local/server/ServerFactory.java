package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Workspace;
import java.util.List;
import java.util.Map;

/**
 * Makes the servers of one stack that come in two forms, as child processes or as containers. They
 * are not started.
 */
public interface ServerFactory {
  /** The environment variable that chooses: {@code process} (the default) or {@code docker}. */
  String VARIABLE = "DM_SERVERS";

  /**
   * The factory that the environment chooses.
   *
   * @throws ServerException when the variable has another value
   */
  static ServerFactory of(
      Workspace workspace, ArtifactStore store, Map<String, String> environment) {
    String choice = environment.getOrDefault(VARIABLE, "");
    return switch (choice) {
      case "", "process" -> new ChildServers(workspace, store, environment);
      case "docker" -> new ContainerServers(workspace, store, environment);
      default ->
          throw new ServerException(
              VARIABLE + " is " + choice + "; it is process (the default) or docker");
    };
  }

  /**
   * A MySQL.
   *
   * @param serverId its {@code server_id}
   * @param arguments more options of mysqld
   * @param certificates what it offers TLS with; null for no certificates of the stack's own
   * @param systemZone the time zone of its system, as the variable TZ has it; null for this
   *     machine's or the image's
   */
  DatabaseServer mysql(
      String name,
      MysqlRelease release,
      int serverId,
      List<String> arguments,
      Certificates certificates,
      String systemZone);

  /** A MySQL in this machine's or the image's time zone. */
  default DatabaseServer mysql(
      String name,
      MysqlRelease release,
      int serverId,
      List<String> arguments,
      Certificates certificates) {
    return mysql(name, release, serverId, arguments, certificates, null);
  }

  /** A MariaDB 11.4, with its {@code server_id} and more options of mariadbd. */
  DatabaseServer mariaDb(String name, int serverId, List<String> arguments);

  /** A TiDB; with certificates, which may be null, it offers TLS. */
  DatabaseServer tiDb(String name, Certificates certificates);

  /** A Kafka broker with more settings. */
  KafkaBroker kafka(String name, Map<String, String> settings);
}
