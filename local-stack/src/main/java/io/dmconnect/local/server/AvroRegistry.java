package io.dmconnect.local.server;

import io.dmconnect.local.artifact.Archives;
import io.dmconnect.local.artifact.ArtifactSet;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.Http;
import io.dmconnect.local.process.Command;
import io.dmconnect.local.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An Apicurio registry that keeps its schemas in memory and also speaks Confluent's registry API.
 * Version 3.0.9 is the last that runs on Java 17.
 */
public final class AvroRegistry extends JavaServer {
  static final String CONVERTER = "io.apicurio.registry.utils.converter.AvroConverter";

  private static final String FAST_CONVERTER = "io.dmconnect.avro.FastAvroConverter";
  private static final List<String> CONVERTERS = List.of("key.converter", "value.converter");

  private final int port;

  /** A registry that has not been started. */
  public AvroRegistry(Workspace workspace, ArtifactStore store, String name) {
    super(workspace, store, name, ArtifactSet.of("avro-registry"));
    this.port = workspace.ports().free();
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The URL that clients of Confluent's registry take. */
  public String confluentUrl() {
    return url() + "/apis/ccompat/v7";
  }

  /**
   * The connector or worker settings that make keys and values Avro in Confluent's wire format,
   * with this project's converter, which the plugin path must have.
   */
  public Map<String, String> converterSettings() {
    return settings(FAST_CONVERTER);
  }

  /** The same settings for Apicurio's converter, helped by a resolver that keeps what it found. */
  public Map<String, String> apicurioSettings() {
    Map<String, String> settings = settings(CONVERTER);
    for (String side : CONVERTERS) {
      settings.put(side + ".apicurio.registry.schema-resolver", AvroConverterPlugin.RESOLVER);
    }
    return settings;
  }

  private Map<String, String> settings(String converter) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String side : CONVERTERS) {
      settings.put(side, converter);
      settings.put(side + ".apicurio.registry.url", url() + "/apis/registry/v2");
      settings.put(side + ".apicurio.registry.auto-register", "true");
      settings.put(side + ".apicurio.registry.find-latest", "false");
      settings.put(side + ".apicurio.registry.as-confluent", "true");
      settings.put(side + ".apicurio.registry.use-id", "contentId");
      settings.put(side + ".apicurio.registry.headers.enabled", "false");
      // what an id stands for never changes; a schema read again is compared field by field
      settings.put(side + ".apicurio.registry.check-period-ms", "86400000");
    }
    return settings;
  }

  /** What the console consumer prints Avro with, as its arguments. */
  public List<String> consumerArguments() {
    String deserializer =
        "value.deserializer=io.apicurio.registry.serde.avro.AvroKafkaDeserializer";
    List<String> arguments = new ArrayList<>(List.of("--formatter-property " + deserializer));
    String prefix = CONVERTERS.get(1) + '.';
    apicurioSettings()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                String name = "value.deserializer." + key.substring(prefix.length());
                arguments.add("--formatter-property " + name + '=' + value);
              }
            });
    return arguments;
  }

  /** The jars that {@link #consumerArguments} need. */
  public List<String> consumerJars() {
    return List.of(AvroConverterPlugin.folder(store()) + "/*");
  }

  /**
   * Adds converters to a connector's configuration, but those that it states itself.
   *
   * @param settings those of {@link #converterSettings} or {@link #apicurioSettings}
   */
  public static void addConverters(Map<String, String> config, Map<String, String> settings) {
    for (String side : CONVERTERS) {
      if (!config.containsKey(side)) {
        settings.forEach(
            (key, value) -> {
              if (key.startsWith(side)) {
                config.put(key, value);
              }
            });
      }
    }
  }

  @Override
  public void prepare() {
    home();
  }

  @Override
  protected Command command() {
    try {
      Path jar = Archives.file(home(), "apicurio-registry-app");
      List<String> options =
          List.of(
              "-Xms32m",
              "-Xmx320m",
              "-XX:TieredStopAtLevel=1",
              "-Dquarkus.http.host=127.0.0.1",
              "-Dquarkus.http.port=" + port);
      return Command.java(name(), options, List.of("-jar", jar.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("The cached registry is incomplete: " + home(), e);
    }
  }

  @Override
  protected boolean ready() throws Exception {
    return Http.get(confluentUrl() + "/subjects").status() == 200;
  }

  private Path home() {
    return store()
        .unpacked(
            ArtifactSet.of("avro-registry"),
            (artifacts, folder) -> Archives.untar(Archives.file(artifacts, "apicurio"), folder));
  }
}
