package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.Http;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Kafka Connect worker in standalone mode: one process with its connectors in files. */
public final class StandaloneWorker extends JavaServer {
  private final int port;
  private final Map<String, String> settings;
  private final List<Map<String, String>> connectors;

  /**
   * A worker that has not been started.
   *
   * @param settings the worker's settings; {@code listeners} and {@code
   *     offset.storage.file.filename} are set here
   * @param connectors the connectors' configurations
   */
  StandaloneWorker(
      Workspace workspace,
      ArtifactStore store,
      String name,
      Map<String, String> settings,
      List<Map<String, String>> connectors) {
    super(workspace, store, name, ArtifactSet.of("kafka"));
    this.port = workspace.ports().free();
    this.settings = new HashMap<>(settings);
    this.connectors = List.copyOf(connectors);
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void prepare() {
    classPath();
  }

  @Override
  protected Command command() {
    settings.put("listeners", url());
    settings.put("offset.storage.file.filename", folder().resolve("connect.offsets").toString());
    List<String> words = new ArrayList<>();
    words.add("org.apache.kafka.connect.cli.ConnectStandalone");
    words.add(writeSettings("worker.properties", settings).toString());
    for (int i = 0; i < connectors.size(); i++) {
      words.add(writeSettings("connector-" + i + ".properties", connectors.get(i)).toString());
    }
    return java(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), words);
  }

  @Override
  protected boolean ready() throws IOException {
    return Http.get(url() + "/connectors").ok();
  }
}
