package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The peer: Debezium's MySQL source and JDBC sink, tuned. For mixed changes the sink needs both its
 * reduction buffer and no tombstones to be ten times faster than by default.
 */
final class Debezium implements Contender {
  private static final List<String> WORKER_JARS =
      List.of("kafka-clients", "connect-", "slf4j-", "jackson-", "lz4-", "snappy-", "zstd-");

  private final Path home;
  private final boolean fast;

  /**
   * The peer.
   *
   * @param home the checkout
   * @param fast whether it takes this project's Avro converter instead of Apicurio's
   */
  Debezium(Path home, boolean fast) {
    this.home = home;
    this.fast = fast;
  }

  @Override
  public String title() {
    return fast ? "Debezium, our converter" : "Debezium + JDBC sink";
  }

  @Override
  public List<Path> converterJars() {
    return fast ? List.of(PluginZips.builtJar(home, "connect-avro-converter")) : List.of();
  }

  private Map<String, String> converters(LocalStack stack) {
    return fast
        ? stack.avroRegistry().converterSettings()
        : stack.avroRegistry().apicurioSettings();
  }

  @Override
  public List<Path> plugins(ArtifactStore store) {
    return List.of(
        store.unpacked(ArtifactSet.of("debezium-mysql"), Debezium::fill),
        store.unpacked(ArtifactSet.of("debezium-jdbc"), Debezium::fill));
  }

  private static void fill(Path jars, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.toList()) {
        String name = jar.getFileName().toString();
        if (WORKER_JARS.stream().noneMatch(name::startsWith)) {
          Files.copy(jar, folder.resolve(name));
        }
      }
    }
  }

  @Override
  public Map<String, String> source(LocalStack stack, String name, List<String> tables) {
    DatabaseServer mysql = stack.mysql();
    Map<String, String> config = new HashMap<>(converters(stack));
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("tasks.max", "1");
    config.put("topic.prefix", name);
    config.put("database.hostname", mysql.host());
    config.put("database.port", Integer.toString(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put("database.server.id", Integer.toString(DmConnect.serverId(name)));
    config.put("database.ssl.mode", "disabled");
    config.put("table.include.list", String.join(",", Tables.qualified(tables)));
    config.put("schema.history.internal.kafka.bootstrap.servers", stack.kafka().bootstrapServers());
    config.put("schema.history.internal.kafka.topic", name + "-history");
    config.put("tombstones.on.delete", "false");
    config.put("snapshot.fetch.size", "10240");
    config.put("max.batch.size", "8192");
    config.put("max.queue.size", "32768");
    config.put("poll.interval.ms", "50");
    config.put("producer.override.batch.size", "1048576");
    config.put("producer.override.linger.ms", "20");
    config.put("producer.override.compression.type", "lz4");
    config.put("producer.override.buffer.memory", "67108864");
    config.put("producer.override.send.buffer.bytes", "-1");
    return config;
  }

  @Override
  public List<Integer> hotTasks(int tables) {
    return List.of(tables, 1);
  }

  @Override
  public Map<String, String> sink(LocalStack stack, String source, boolean mixed, int tasks) {
    DatabaseServer tidb = stack.tidb();
    Map<String, String> config = new HashMap<>(converters(stack));
    config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    config.put("tasks.max", Integer.toString(tasks));
    config.put("topics.regex", source + "\\." + Tables.DATABASE + "\\..*");
    config.put(
        "connection.url",
        "jdbc:mysql://"
            + tidb.host()
            + ":"
            + tidb.port()
            + "/"
            + Tables.DATABASE
            + "?rewriteBatchedStatements=true&useServerPrepStmts=false"
            + "&nullCatalogMeansCurrent=true&useLocalSessionState=true&maintainTimeStats=false");
    config.put("connection.username", tidb.user());
    config.put("connection.password", tidb.password());
    config.put("insert.mode", "upsert");
    config.put("delete.enabled", "true");
    config.put("primary.key.mode", "record_key");
    config.put("schema.evolution", "basic");
    config.put("collection.name.format", "${source.table}");
    config.put("batch.size", "5000");
    config.put("use.reduction.buffer", Boolean.toString(mixed));
    config.put("consumer.override.max.poll.records", "5000");
    config.put("consumer.override.max.partition.fetch.bytes", "10485760");
    config.put("consumer.override.receive.buffer.bytes", "-1");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.metadata.max.age.ms", "1000");
    return config;
  }
}
