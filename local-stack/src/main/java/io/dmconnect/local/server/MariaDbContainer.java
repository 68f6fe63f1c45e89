package io.dmconnect.local.server;

import io.dmconnect.local.container.ContainerSpec;
import io.dmconnect.local.process.Workspace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A MariaDB server with a row-based binary log and MariaDB's own GTIDs, in a container. */
final class MariaDbContainer extends DatabaseContainer {
  static final String IMAGE = "mariadb:11.4";

  private static final int PORT = 3306;
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "yes",
          "MARIADB_ROOT_HOST", "%",
          "MARIADB_INITDB_SKIP_TZINFO", "yes");

  private final int serverId;
  private final List<String> arguments;

  /** A server with more options of mariadbd, which win over this class's own. */
  MariaDbContainer(Workspace workspace, String name, int serverId, List<String> arguments) {
    super(workspace, name, IMAGE);
    this.serverId = serverId;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  ContainerSpec spec(String image) {
    List<String> options =
        Stream.concat(MariaDb.binlogOptions(serverId).stream(), arguments.stream()).toList();
    return new ContainerSpec(name(), image, port(), PORT, options, ENVIRONMENT, List.of());
  }
}
