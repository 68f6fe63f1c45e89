package io.dmconnect.local;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.ConnectRest;
import io.dmconnect.local.client.TopicReader;
import io.dmconnect.local.process.Workspace;
import io.dmconnect.local.server.AvroRegistry;
import io.dmconnect.local.server.Certificates;
import io.dmconnect.local.server.ConnectCluster;
import io.dmconnect.local.server.ConnectWorker;
import io.dmconnect.local.server.Coordinator;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.KafkaBroker;
import io.dmconnect.local.server.Server;
import io.dmconnect.local.server.ZooKeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Real servers on this machine, started together: databases, Kafka, Connect workers, ZooKeeper and
 * an Avro registry, each a child process (or a container) with its own folder and ports.
 *
 * <p>Nothing outlives this JVM, however it ends. Servers may be killed, stopped and started again
 * one by one. A server that was not asked for cannot be had: its accessor throws {@link
 * IllegalStateException}.
 */
public final class LocalStack implements AutoCloseable {
  private final StackParts parts;

  LocalStack(StackParts parts) {
    this.parts = parts;
  }

  /** Chooses the servers of a new stack. */
  public static StackBuilder builder() {
    return new StackBuilder();
  }

  /** The database of this name. */
  public DatabaseServer database(String name) {
    return required(parts.databases().get(name), "database " + name);
  }

  /** The database named {@code mysql}. */
  public DatabaseServer mysql() {
    return database(StackBuilder.MYSQL);
  }

  /** The database named {@code tidb}. */
  public DatabaseServer tidb() {
    return database(StackBuilder.TIDB);
  }

  /** The broker. */
  public KafkaBroker kafka() {
    return required(parts.kafka(), "Kafka");
  }

  /** The Connect workers. */
  public ConnectCluster connect() {
    return required(parts.connect(), "Kafka Connect");
  }

  /** A REST client that asks any running Connect worker. */
  public ConnectRest rest() {
    return connect().rest();
  }

  /** Adds a Connect worker to the group and waits until it serves. */
  public ConnectWorker addWorker() {
    ConnectWorker worker = connect().add();
    worker.start();
    return worker;
  }

  /** ZooKeeper. */
  public ZooKeeper zooKeeper() {
    return required(parts.zooKeeper(), "ZooKeeper");
  }

  /** The shard DDL coordinators, in the order of their names; empty when none were chosen. */
  public List<Coordinator> coordinators() {
    return parts.coordinators();
  }

  /** The Avro registry. */
  public AvroRegistry avroRegistry() {
    return required(parts.avroRegistry(), "Avro registry");
  }

  /**
   * The converter settings of a connector on this stack: Avro where there is a registry, else none,
   * which leaves it the workers' JSON with a schema in every record.
   */
  public Map<String, String> converterSettings() {
    AvroRegistry registry = parts.avroRegistry();
    return registry == null ? Map.of() : registry.converterSettings();
  }

  /** A shell command that prints a topic from its beginning; Avro where there is a registry. */
  public String consumerCommand(String topic) {
    AvroRegistry registry = parts.avroRegistry();
    return registry == null
        ? kafka().consumerCommand(topic, List.of(), List.of())
        : kafka().consumerCommand(topic, registry.consumerJars(), registry.consumerArguments());
  }

  /** The certificates of the stack's servers. */
  public Certificates certificates() {
    return required(parts.certificates(), "TLS");
  }

  /** A new reader of one topic from its beginning; the caller closes it. */
  public TopicReader read(String topic) {
    return new TopicReader(kafka().bootstrapServers(), topic);
  }

  /** All servers of the stack, in the order of a good display. */
  public List<Server> servers() {
    List<Server> servers = new ArrayList<>();
    new TreeMap<>(parts.databases()).values().forEach(servers::add);
    for (Server server : new Server[] {parts.kafka(), parts.zooKeeper(), parts.avroRegistry()}) {
      if (server != null) {
        servers.add(server);
      }
    }
    servers.addAll(parts.coordinators());
    if (parts.connect() != null) {
      servers.addAll(parts.connect().workers());
    }
    return servers;
  }

  /** The folder, ports and processes of the stack, for servers and proxies of one's own. */
  public Workspace workspace() {
    return parts.workspace();
  }

  /** The cache of fetched software. */
  public ArtifactStore store() {
    return parts.store();
  }

  /** Keeps the servers' logs after {@link #close()}; for tests that have failed. */
  public void keepLogs() {
    parts.workspace().keepLogs();
  }

  /** Stops all servers, newest first, and deletes their data. */
  @Override
  public void close() {
    parts.workspace().close();
  }

  private static <T> T required(T server, String what) {
    if (server == null) {
      throw new IllegalStateException("This stack was started without " + what);
    }
    return server;
  }
}
