package io.dmconnect.local.server;

import io.dmconnect.local.client.Http;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A shard DDL coordinator as the build of a checkout made it; open to all, on loopback. */
public final class Coordinator extends Server {
  private static final String MODULE = "shard-ddl-coordinator";
  private static final int REDIRECTED_TO_THE_LEADER = 307;
  private static final String MAIN = "io.dmconnect.coordinator.CoordinatorMain";

  private final Path home;
  private final ZooKeeper zooKeeper;
  private final int port;

  /**
   * A coordinator that has not been started.
   *
   * @param home the top folder of the checkout
   * @param zooKeeper where it finds the members of groups
   */
  public Coordinator(Workspace workspace, String name, Path home, ZooKeeper zooKeeper) {
    super(workspace, name);
    this.home = home;
    this.zooKeeper = zooKeeper;
    this.port = workspace.ports().free();
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * Checks that the module has been built.
   *
   * @throws IllegalStateException when it has not
   */
  @Override
  public void prepare() {
    if (!Files.isDirectory(target().resolve("lib"))) {
      throw new IllegalStateException(
          "No " + MODULE + " in " + target() + "; build it: ./mvnw -DskipTests package");
    }
  }

  @Override
  protected Child run() {
    return workspace().start(command());
  }

  private Command command() {
    String settings =
        String.join(
            "\n",
            "coordinator.zookeeper.connect=" + zooKeeper.connectString(),
            "coordinator.zookeeper.session.timeout.ms=6000",
            "rest.host=127.0.0.1",
            "rest.port=" + port,
            "rest.advertised.url=" + url(),
            "rest.anonymous=operator",
            "");
    try {
      Path file = Files.writeString(folder().resolve("coordinator.properties"), settings);
      String classPath = target().resolve("classes") + ":" + target().resolve("lib") + "/*";
      return Command.java(
          name(),
          List.of("-Xms32m", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath),
          List.of(MAIN, file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the settings of " + name(), e);
    }
  }

  @Override
  protected boolean ready() throws Exception {
    int status = Http.get(url() + "/api/v1/tasks").status();
    return status == 200 || status == REDIRECTED_TO_THE_LEADER;
  }

  private Path target() {
    return home.resolve(MODULE).resolve("target").toAbsolutePath().normalize();
  }
}
