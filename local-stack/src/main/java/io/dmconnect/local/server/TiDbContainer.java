package io.dmconnect.local.server;

import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Programs;
import io.dmconnect.local.process.Workspace;
import java.time.Duration;
import java.util.List;

/** A TiDB server in a container, for machines with a Docker engine that holds its image. */
final class TiDbContainer extends DatabaseServer {
  static final String IMAGE = "pingcap/tidb:v8.5.0";

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

  private final String container;

  TiDbContainer(Workspace workspace, String name) {
    super(workspace, name, workspace.ports().free());
    this.container = "dm-connect-" + name + "-" + port();
  }

  /** Whether an engine answers and holds the image; nothing is pulled. */
  static boolean available() {
    return Programs.find("docker").isPresent()
        && Programs.run(List.of("docker", "image", "inspect", IMAGE), PROBE_LIMIT).ok();
  }

  @Override
  public void prepare() {
    remove();
  }

  @Override
  protected Command command() {
    List<String> line =
        List.of(
            "docker",
            "run",
            "--rm",
            "--name",
            container,
            "-p",
            "127.0.0.1:" + port() + ":4000",
            IMAGE,
            "--store=unistore",
            "--path=/tmp/tidb",
            "--host=0.0.0.0");
    return Command.of(name(), line).withOrphanCommand("docker rm -f " + container);
  }

  @Override
  public void kill9() {
    remove();
    super.kill9();
  }

  @Override
  public void stop() {
    remove();
    super.stop();
  }

  private void remove() {
    Programs.run(List.of("docker", "rm", "-f", container), PROBE_LIMIT);
  }
}
