package io.dmconnect.local.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.local.server.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connectors of {@code config-examples/distributed}, pointed at the servers of a stack. */
public final class ExampleConfigs {
  private final ObjectMapper json = new ObjectMapper();
  private final Path examples;

  /**
   * Reads examples from a checkout.
   *
   * @param home the top folder of the checkout
   */
  public ExampleConfigs(Path home) {
    this.examples = home.resolve("config-examples").resolve("distributed");
  }

  /** The source example for one upstream server; {@code name} is also the topic prefix. */
  public Map<String, String> source(String name, DatabaseServer mysql, int serverId) {
    Map<String, String> config = read("mysql-source.json");
    config.put("topic.prefix", name);
    config.put("database.hostname", mysql.host());
    config.put("database.port", Integer.toString(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put("database.server.id", Integer.toString(serverId));
    return config;
  }

  /** The sink example for one target. */
  public Map<String, String> sink(DatabaseServer tidb) {
    Map<String, String> config = read("tidb-sink.json");
    config.put("connection.url", "jdbc:mysql://" + tidb.host() + ":" + tidb.port() + "/");
    config.put("connection.username", tidb.user());
    config.put("connection.password", tidb.password());
    config.put("consumer.override.metadata.max.age.ms", "1000");
    return config;
  }

  private Map<String, String> read(String file) {
    try {
      JsonNode root = json.readTree(examples.resolve(file).toFile());
      return json.convertValue(
          root.get("config"), new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
