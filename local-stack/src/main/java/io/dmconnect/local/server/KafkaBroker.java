package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Folders;
import io.dmconnect.local.process.Programs;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One Kafka node that is broker and KRaft controller. */
public class KafkaBroker extends JavaServer {
  static final String CLUSTER_ID = "ZG1jb25uZWN0LWxvY2Fsdw";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration FORMAT_LIMIT = Duration.ofMinutes(2);
  private static final int PROBE_MILLIS = 3_000;

  private final int port;
  private final int controllerPort;
  private final Map<String, String> settings;

  /**
   * A broker that has not been started.
   *
   * @param settings more broker settings; they win over this class's own
   */
  public KafkaBroker(
      Workspace workspace, ArtifactStore store, String name, Map<String, String> settings) {
    super(workspace, store, name, ArtifactSet.of("kafka"));
    this.port = workspace.ports().free();
    this.controllerPort = workspace.ports().free();
    this.settings = Map.copyOf(settings);
  }

  /** What clients take as {@code bootstrap.servers}. */
  public final String bootstrapServers() {
    return host() + ":" + port;
  }

  /**
   * The command of a console consumer that prints a topic from its beginning.
   *
   * @param moreJars jars that its arguments need
   * @param arguments more arguments, such as a deserializer
   */
  public final String consumerCommand(String topic, List<String> moreJars, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add("java -cp '" + String.join(":", concat(classPath(), moreJars)) + "'");
    words.add("org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server");
    words.add(bootstrapServers());
    words.add("--from-beginning --topic " + topic);
    words.addAll(arguments);
    return String.join(" ", words);
  }

  private static List<String> concat(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  /** The port clients connect to. */
  public final int port() {
    return port;
  }

  /** A new admin client; the caller closes it. */
  public final Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PROBE_MILLIS,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            200));
  }

  @Override
  public String url() {
    return bootstrapServers();
  }

  @Override
  public void prepare() {
    Path data = folder().resolve("data");
    if (!Files.exists(data)) {
      ArtifactSet set = ArtifactSet.of("kafka");
      classPath();
      Path template =
          store().once(set.key() + "-data", "Formatting the storage of Kafka", this::format);
      Folders.copy(template.resolve("data"), data);
    }
  }

  // The formatted folder holds the cluster's and the node's id and no port: one suits every run.
  private void format(Path folder) {
    Path file = writeSettings("format.properties", settings(folder.resolve("data")));
    Command format =
        java(
            List.of("-XX:TieredStopAtLevel=1"),
            List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", file.toString()));
    Programs.require(format.arguments(), folder, Map.of(), FORMAT_LIMIT);
  }

  /** The address at which clients reach the broker. */
  String host() {
    return LOOPBACK;
  }

  private Map<String, String> settings(Path data) {
    return settings(data, LOOPBACK);
  }

  /** All settings of the broker, with its data in {@code data} and listening at an address. */
  final Map<String, String> settings(Path data, String listenAddress) {
    Map<String, String> all = new HashMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", "1");
    all.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
    all.put(
        "listeners",
        "PLAINTEXT://"
            + listenAddress
            + ":"
            + port
            + ",CONTROLLER://"
            + LOOPBACK
            + ":"
            + controllerPort);
    all.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
    all.put("controller.listener.names", "CONTROLLER");
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("log.dirs", data.toString());
    all.put("num.partitions", "1");
    all.put("offsets.topic.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "4");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("transaction.state.log.num.partitions", "4");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
    all.put("group.initial.rebalance.delay.ms", "0");
    // the loopback's MTU of 64 KiB stalls windows that hold less than a few of its packets
    all.put("socket.send.buffer.bytes", "-1");
    all.put("socket.receive.buffer.bytes", "-1");
    all.put("message.max.bytes", "33554432");
    all.put("replica.fetch.max.bytes", "33554432");
    all.putAll(settings);
    return all;
  }

  @Override
  protected Command command() {
    Path file = writeSettings("kafka.properties", settings(folder().resolve("data")));
    return java(List.of("-Xms64m", "-Xmx512m"), List.of("kafka.Kafka", file.toString()));
  }

  @Override
  protected boolean ready() throws Exception {
    if (!TcpProbe.open(host(), port)) {
      return false;
    }
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(PROBE_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    }
  }
}
