package io.dmconnect.coordinator;

import io.dmconnect.local.client.Http;
import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.ChildProcess;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A coordinator as users run it: its own Java program with a configuration file. */
final class CoordinatorProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Workspace workspace;
  private final String name;
  private final Path config;
  private final int port;
  private ChildProcess process;

  CoordinatorProcess(Workspace workspace, String name, String zooKeeper) throws IOException {
    this.workspace = workspace;
    this.name = name;
    this.port = workspace.ports().free();
    this.config = workspace.folder(name).resolve("coordinator.properties");
    Files.writeString(
        config,
        String.join(
            "\n",
            "coordinator.zookeeper.connect=" + zooKeeper,
            "coordinator.zookeeper.session.timeout.ms=4000",
            "rest.port=" + port,
            "rest.anonymous=operator"));
  }

  /** Starts it; returns at once. */
  CoordinatorProcess start(String... jvmOptions) {
    Path target = Path.of("target").toAbsolutePath();
    List<String> options = new ArrayList<>(List.of(jvmOptions));
    options.addAll(
        List.of("-XX:+UseSerialGC", "-cp", target.resolve("classes") + ":" + target + "/lib/*"));
    process =
        workspace.start(
            Command.java(
                name, options, List.of(CoordinatorMain.class.getName(), config.toString())));
    return this;
  }

  /** Waits until it answers. */
  CoordinatorProcess awaitAnswer() {
    Await.until(name + " answers", LIMIT, () -> health().contains("leader"));
    return this;
  }

  /** What it says about its part in the election; empty when it does not answer. */
  String health() {
    try {
      return Http.get("http://127.0.0.1:" + port + "/api/v1/health").body();
    } catch (IOException e) {
      return "";
    }
  }

  boolean leads() {
    return health().contains("\"ready\":true");
  }

  void kill9() {
    process.kill9();
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(10));
  }
}
