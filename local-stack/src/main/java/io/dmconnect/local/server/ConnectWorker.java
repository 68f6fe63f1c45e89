package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.Http;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One Kafka Connect worker in distributed mode, in a JVM of its own that has nothing but Kafka on
 * its class path. Plugins are found by their service manifests alone.
 */
public final class ConnectWorker extends JavaServer {
  private final int port;
  private final String bootstrapServers;
  private final Path pluginPath;
  private final Map<String, String> settings;
  private final List<String> jvmOptions;

  /**
   * A worker that has not been started.
   *
   * @param pluginPath the folder with one folder for each plugin
   * @param settings more worker settings; they win over this class's own
   * @param jvmOptions more JVM options; they win over this class's own
   */
  public ConnectWorker(
      Workspace workspace,
      ArtifactStore store,
      String name,
      String bootstrapServers,
      Path pluginPath,
      Map<String, String> settings,
      List<String> jvmOptions) {
    super(workspace, store, name, ArtifactSet.of("kafka"));
    this.port = workspace.ports().free();
    this.bootstrapServers = bootstrapServers;
    this.pluginPath = pluginPath;
    this.settings = Map.copyOf(settings);
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  @Override
  public String url() {
    return "http://" + address();
  }

  /** The name that Connect's statuses give this worker: host and port of its REST API. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void prepare() {
    classPath();
  }

  @Override
  protected Command command() {
    Path file = writeSettings("connect.properties", allSettings());
    List<String> options =
        Stream.concat(Stream.of("-Xms128m", "-Xmx1g"), jvmOptions.stream()).toList();
    return java(
        options, List.of("org.apache.kafka.connect.cli.ConnectDistributed", file.toString()));
  }

  // Short sessions and delays, so that the work of a killed worker moves within seconds.
  private Map<String, String> allSettings() {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put("group.id", "connect");
    all.put("listeners", url());
    all.put("rest.advertised.host.name", "127.0.0.1");
    all.put("rest.advertised.port", Integer.toString(port));
    all.put("plugin.path", pluginPath.toString());
    all.put("plugin.discovery", "service_load");
    all.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    all.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    all.put("config.storage.topic", "connect-configs");
    all.put("config.storage.replication.factor", "1");
    all.put("offset.storage.topic", "connect-offsets");
    all.put("offset.storage.partitions", "1");
    all.put("offset.storage.replication.factor", "1");
    all.put("status.storage.topic", "connect-status");
    all.put("status.storage.partitions", "1");
    all.put("status.storage.replication.factor", "1");
    all.put("offset.flush.interval.ms", "1000");
    all.put("session.timeout.ms", "6000");
    all.put("heartbeat.interval.ms", "2000");
    all.put("scheduled.rebalance.max.delay.ms", "0");
    all.put("connector.client.config.override.policy", "All");
    all.put("producer.max.request.size", "33554432");
    all.putAll(settings);
    return all;
  }

  @Override
  protected boolean ready() throws IOException {
    return Http.get(url() + "/connectors").ok();
  }
}
