package io.dmconnect.local;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.process.Workspace;
import io.dmconnect.local.server.AvroConverterPlugin;
import io.dmconnect.local.server.AvroRegistry;
import io.dmconnect.local.server.Certificates;
import io.dmconnect.local.server.ConnectCluster;
import io.dmconnect.local.server.Coordinator;
import io.dmconnect.local.server.DatabaseServer;
import io.dmconnect.local.server.ExternalDatabase;
import io.dmconnect.local.server.KafkaBroker;
import io.dmconnect.local.server.MysqlRelease;
import io.dmconnect.local.server.ServerFactory;
import io.dmconnect.local.server.ZooKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Chooses the servers of a {@link LocalStack} and starts them side by side. The environment chooses
 * whether databases and Kafka are child processes or containers ({@link ServerFactory}). Used by
 * one thread.
 */
public final class StackBuilder {
  static final String MYSQL = "mysql";
  static final String TIDB = "tidb";

  private final Workspace workspace = Workspace.create();
  private final Map<String, Function<ServerFactory, DatabaseServer>> chosenDatabases =
      new LinkedHashMap<>();
  private final Map<String, DatabaseServer> databases = new LinkedHashMap<>();
  private final Map<String, String> brokerSettings = new HashMap<>();
  private final Map<String, String> workerSettings = new HashMap<>();
  private final List<String> workerOptions = new ArrayList<>();
  private final List<Path> plugins = new ArrayList<>();
  private final List<Path> converterJars = new ArrayList<>();
  private StackProgress progress = StackProgress.silent();
  private ArtifactStore store = ArtifactStore.standard(work -> progress.preparing(work));
  private Certificates certificates;
  private String systemZone;
  private boolean wantKafka;
  private boolean wantZooKeeper;
  private boolean wantAvroRegistry;
  private Path coordinatorHome;
  private int wantCoordinators;
  private int wantWorkers;

  StackBuilder() {}

  /** Tells {@code progress} how the start gets on. */
  public StackBuilder progress(StackProgress progress) {
    this.progress = progress;
    return this;
  }

  /** Uses another cache than this user's standard one. */
  public StackBuilder store(ArtifactStore store) {
    this.store = store;
    return this;
  }

  /** A MySQL 8.0 named {@code mysql}, with more options of mysqld. */
  public StackBuilder mysql(String... arguments) {
    return mysql(MYSQL, MysqlRelease.MYSQL_8_0, arguments);
  }

  /** A MySQL with a name of its own; servers get ascending server ids from 1. */
  public StackBuilder mysql(String name, MysqlRelease release, String... arguments) {
    int serverId = chosenDatabases.size() + 1;
    List<String> options = List.of(arguments);
    Certificates tls = certificates;
    String zone = systemZone;
    return database(name, servers -> servers.mysql(name, release, serverId, options, tls, zone));
  }

  /** A MariaDB 11.4. */
  public StackBuilder mariaDb(String name, String... arguments) {
    int serverId = chosenDatabases.size() + 1;
    List<String> options = List.of(arguments);
    return database(name, servers -> servers.mariaDb(name, serverId, options));
  }

  /**
   * A TiDB named {@code tidb}, from wherever this machine offers one ({@link
   * io.dmconnect.local.server.TiDbSource}).
   */
  public StackBuilder tidb() {
    return database(TIDB, servers -> servers.tiDb(TIDB, certificates));
  }

  /**
   * Makes certificates of an authority of the stack's own, with which the MySQL servers chosen
   * after this and the TiDB offer TLS; clients may still connect without.
   *
   * @param serverNames the names servers are certified for, {@code dns:localhost,ip:127.0.0.1}
   */
  public StackBuilder tls(String serverNames) {
    certificates = Certificates.create(workspace.folder("tls"), serverNames);
    return this;
  }

  /**
   * Gives the MySQL servers chosen after this a system time zone, which their {@code
   * time_zone=SYSTEM} means.
   *
   * @param zone as the environment variable TZ has it: {@code Asia/Tokyo}, or {@code JST-9} on a
   *     machine without zone files
   */
  public StackBuilder systemZone(String zone) {
    systemZone = zone;
    return this;
  }

  /** A MySQL or MariaDB that runs already, at {@code mysql://user:password@host:port}. */
  public StackBuilder externalMysql(String name, String url) {
    return external(name, url, ExternalDatabase.MYSQL_PORT);
  }

  /** A TiDB named {@code tidb} that runs already, at {@code mysql://user:password@host:port}. */
  public StackBuilder externalTidb(String url) {
    return external(TIDB, url, ExternalDatabase.TIDB_PORT);
  }

  private StackBuilder external(String name, String url, int defaultPort) {
    DatabaseServer server = new ExternalDatabase(workspace, name, url, defaultPort);
    return database(name, servers -> server);
  }

  /** A Kafka broker. */
  public StackBuilder kafka() {
    wantKafka = true;
    return this;
  }

  /** A setting of the Kafka broker. */
  public StackBuilder brokerSetting(String key, String value) {
    brokerSettings.put(key, value);
    return kafka();
  }

  /** Connect workers of one group, and the broker they need. */
  public StackBuilder connect(int workers) {
    wantWorkers = workers;
    return kafka();
  }

  /** A setting of all Connect workers. */
  public StackBuilder workerSetting(String key, String value) {
    workerSettings.put(key, value);
    return this;
  }

  /** JVM options of all Connect workers, such as {@code -Xmx2g}. */
  public StackBuilder workerJvmOptions(String... options) {
    workerOptions.addAll(List.of(options));
    return this;
  }

  /** Plugins for the Connect workers: zips, which are unpacked, or folders, which are linked. */
  public StackBuilder plugins(Path... zipsOrFolders) {
    plugins.addAll(List.of(zipsOrFolders));
    return this;
  }

  /** Jars for the folder of the Avro converter. */
  public StackBuilder converterJars(Path... jars) {
    converterJars.addAll(List.of(jars));
    return this;
  }

  /** A ZooKeeper server. */
  public StackBuilder zooKeeper() {
    wantZooKeeper = true;
    return this;
  }

  /**
   * Shard DDL coordinators, and the ZooKeeper they need.
   *
   * @param home the top folder of the checkout whose build they are of
   */
  public StackBuilder coordinators(Path home, int count) {
    coordinatorHome = home;
    wantCoordinators = count;
    return zooKeeper();
  }

  /** An Avro registry, and its converter among the workers' plugins. */
  public StackBuilder avroRegistry() {
    wantAvroRegistry = true;
    return this;
  }

  /**
   * Starts all chosen servers and waits until they serve.
   *
   * @throws io.dmconnect.local.server.ServerException when one does not come up; all are stopped
   *     then
   */
  public LocalStack start() {
    boolean started = false;
    try (StackStarter starter = new StackStarter(progress)) {
      ServerFactory servers = ServerFactory.of(workspace, store, System.getenv());
      chosenDatabases.forEach(
          (name, choice) -> starter.start(() -> chooseDatabase(name, choice.apply(servers))));
      KafkaBroker kafka = null;
      if (wantKafka) {
        kafka = servers.kafka("kafka", brokerSettings);
        starter.start(kafka);
      }
      ZooKeeper zooKeeper = null;
      if (wantZooKeeper) {
        zooKeeper = new ZooKeeper(workspace, store, "zookeeper");
        starter.start(zooKeeper);
      }
      List<Coordinator> coordinators = coordinators(zooKeeper);
      for (Coordinator coordinator : coordinators) {
        starter.startAfter(zooKeeper, () -> coordinator);
      }
      AvroRegistry avroRegistry = null;
      if (wantAvroRegistry) {
        avroRegistry = new AvroRegistry(workspace, store, "avro-registry");
        starter.start(avroRegistry);
      }
      ConnectCluster connect = null;
      if (wantWorkers > 0) {
        connect = cluster(kafka);
        for (int i = 0; i < wantWorkers; i++) {
          starter.startAfter(kafka, connect::add);
        }
      }
      starter.await();
      started = true;
      return new LocalStack(
          new StackParts(
              workspace,
              store,
              databases,
              kafka,
              connect,
              zooKeeper,
              coordinators,
              avroRegistry,
              certificates));
    } finally {
      if (!started) {
        workspace.close();
      }
    }
  }

  private StackBuilder database(String name, Function<ServerFactory, DatabaseServer> choice) {
    if (chosenDatabases.putIfAbsent(name, choice) != null) {
      throw new IllegalArgumentException("Two databases are named " + name);
    }
    return this;
  }

  private DatabaseServer chooseDatabase(String name, DatabaseServer server) {
    synchronized (databases) {
      databases.put(name, server);
    }
    return server;
  }

  private List<Coordinator> coordinators(ZooKeeper zooKeeper) {
    List<Coordinator> coordinators = new ArrayList<>();
    for (int i = 1; i <= wantCoordinators; i++) {
      coordinators.add(new Coordinator(workspace, "coordinator-" + i, coordinatorHome, zooKeeper));
    }
    return coordinators;
  }

  private ConnectCluster cluster(KafkaBroker kafka) {
    Path pluginPath = workspace.folder("plugins");
    try {
      for (Path plugin : plugins) {
        if (Files.isDirectory(plugin)) {
          Files.createSymbolicLink(
              pluginPath.resolve(plugin.getFileName()), plugin.toAbsolutePath());
        } else {
          PluginZips.install(plugin, pluginPath);
        }
      }
      if (wantAvroRegistry) {
        AvroConverterPlugin.link(store, converterJars, pluginPath.resolve("avro-converter"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot fill the plugin path " + pluginPath, e);
    }
    return new ConnectCluster(
        workspace, store, kafka.bootstrapServers(), pluginPath, workerSettings, workerOptions);
  }
}
