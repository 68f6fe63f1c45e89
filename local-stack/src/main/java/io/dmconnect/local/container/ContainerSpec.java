package io.dmconnect.local.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a container is made of.
 *
 * @param name names its log; unique within a workspace
 * @param image name and tag, {@code mysql:8.0}
 * @param port the published TCP port, the same over restarts
 * @param containerPort the port the program listens on
 * @param arguments given to the image's entry point
 * @param environment variables added to the image's own
 * @param files files of this machine that are copied to the same path in the container, readable by
 *     everyone there
 */
public record ContainerSpec(
    String name,
    String image,
    int port,
    int containerPort,
    List<String> arguments,
    Map<String, String> environment,
    List<Path> files) {

  /** Copies the collections. */
  public ContainerSpec {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    files = List.copyOf(files);
  }

  /** The container's name in the engine. */
  String containerName() {
    return "dm-connect-" + name + "-" + port;
  }
}
