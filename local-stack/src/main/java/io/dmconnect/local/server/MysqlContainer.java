package io.dmconnect.local.server;

import io.dmconnect.local.container.ContainerSpec;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A MySQL server with a row-based binary log and GTIDs, in a container. */
final class MysqlContainer extends DatabaseContainer {
  private static final int PORT = 3306;
  // No time zone tables: loading them takes seconds and puts thousands of rows into the binlog.
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MYSQL_ALLOW_EMPTY_PASSWORD", "yes",
          "MYSQL_ROOT_HOST", "%",
          "MYSQL_INITDB_SKIP_TZINFO", "yes");

  private final int serverId;
  private final List<String> arguments;
  private final List<Path> files;
  private final String systemZone;

  /**
   * A server.
   *
   * @param arguments more options of mysqld; they win over this class's own
   * @param files files of this machine that the arguments name
   * @param systemZone what mysqld takes for the system's time zone, as the variable TZ has it; null
   *     for the image's
   */
  MysqlContainer(
      Workspace workspace,
      String name,
      MysqlRelease release,
      int serverId,
      List<String> arguments,
      List<Path> files,
      String systemZone) {
    super(workspace, name, release.image());
    this.serverId = serverId;
    this.arguments = List.copyOf(arguments);
    this.files = List.copyOf(files);
    this.systemZone = systemZone;
  }

  @Override
  ContainerSpec spec(String image) {
    List<String> options =
        Stream.concat(Mysql.binlogOptions(serverId).stream(), arguments.stream()).toList();
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    if (systemZone != null) {
      environment.put("TZ", systemZone);
    }
    return new ContainerSpec(name(), image, port(), PORT, options, environment, files);
  }
}
