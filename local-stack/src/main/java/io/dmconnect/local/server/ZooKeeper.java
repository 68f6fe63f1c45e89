package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One standalone ZooKeeper server. */
public final class ZooKeeper extends JavaServer {
  private final int port;
  private final Map<String, String> more;
  private final List<String> jvmOptions;

  /** A server that has not been started. */
  public ZooKeeper(Workspace workspace, ArtifactStore store, String name) {
    this(workspace, store, name, Map.of());
  }

  /**
   * A server that has not been started.
   *
   * @param more settings beside the usual ones
   */
  public ZooKeeper(
      Workspace workspace, ArtifactStore store, String name, Map<String, String> more) {
    this(workspace, store, name, more, List.of());
  }

  /**
   * A server that has not been started.
   *
   * @param more settings beside the usual ones
   * @param jvmOptions such as {@code -Djava.security.auth.login.config=FILE}
   */
  public ZooKeeper(
      Workspace workspace,
      ArtifactStore store,
      String name,
      Map<String, String> more,
      List<String> jvmOptions) {
    super(workspace, store, name, ArtifactSet.of("zookeeper"));
    this.port = workspace.ports().free();
    this.more = Map.copyOf(more);
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  /** What clients take as connection string. */
  public String connectString() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String url() {
    return connectString();
  }

  @Override
  public void prepare() {
    classPath();
    workspace().folder(name() + "/data");
  }

  @Override
  protected Command command() {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("dataDir", folder().resolve("data").toString());
    settings.put("clientPort", Integer.toString(port));
    settings.put("clientPortAddress", "127.0.0.1");
    settings.put("tickTime", "1000");
    settings.put("maxClientCnxns", "0");
    settings.put("admin.enableServer", "false");
    settings.put("4lw.commands.whitelist", "ruok,srvr,mntr");
    String file = writeSettings("zookeeper.properties", settings).toString();
    List<String> options = new ArrayList<>(jvmOptions);
    options.addAll(List.of("-Xms16m", "-Xmx128m", "-XX:TieredStopAtLevel=1"));
    return java(options, List.of("org.apache.zookeeper.server.ZooKeeperServerMain", file));
  }

  @Override
  protected boolean ready() throws IOException {
    return TcpProbe.ask(port, "srvr").contains("Mode: standalone");
  }
}
