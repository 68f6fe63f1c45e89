package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Connect workers of one group, among which Connect divides connectors and tasks. */
public final class ConnectCluster {
  private final Workspace workspace;
  private final ArtifactStore store;
  private final String bootstrapServers;
  private final Path pluginPath;
  private final Map<String, String> settings;
  private final List<String> jvmOptions;
  private final List<ConnectWorker> workers = new CopyOnWriteArrayList<>();

  /** A group without workers; for the parameters see {@link ConnectWorker}. */
  public ConnectCluster(
      Workspace workspace,
      ArtifactStore store,
      String bootstrapServers,
      Path pluginPath,
      Map<String, String> settings,
      List<String> jvmOptions) {
    this.workspace = workspace;
    this.store = store;
    this.bootstrapServers = bootstrapServers;
    this.pluginPath = pluginPath;
    this.settings = Map.copyOf(settings);
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  /** Adds a worker, named {@code connect-1}, {@code connect-2} and so on, without starting it. */
  public synchronized ConnectWorker add() {
    String name = "connect-" + (workers.size() + 1);
    ConnectWorker worker =
        new ConnectWorker(
            workspace, store, name, bootstrapServers, pluginPath, settings, jvmOptions);
    workers.add(worker);
    return worker;
  }

  /**
   * A worker of its own, beside the group, with the same plugins; not started.
   *
   * @param own the worker's settings but for addresses and folders
   * @param connectors the connectors' configurations
   */
  public StandaloneWorker standalone(
      String name, Map<String, String> own, List<Map<String, String>> connectors) {
    Map<String, String> all = new HashMap<>(own);
    all.put("bootstrap.servers", bootstrapServers);
    all.put("plugin.path", pluginPath.toString());
    return new StandaloneWorker(workspace, store, name, all, connectors);
  }

  /** All workers ever added, running or not, in the order they were added. */
  public List<ConnectWorker> workers() {
    return List.copyOf(workers);
  }

  /** The running worker whose REST address is {@code workerId}, as statuses name it. */
  public ConnectWorker worker(String workerId) {
    return workers.stream()
        .filter(worker -> worker.address().equals(workerId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No worker has the address " + workerId));
  }

  /** A client that asks any running worker. */
  public ConnectRest rest() {
    return new ConnectRest(
        () -> workers.stream().filter(Server::running).map(ConnectWorker::url).toList());
  }
}
