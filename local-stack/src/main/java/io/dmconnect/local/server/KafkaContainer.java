package io.dmconnect.local.server;

import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.container.Container;
import io.dmconnect.local.container.ContainerSpec;
import io.dmconnect.local.container.Engine;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A Kafka node in a container; its image takes settings from environment variables. */
final class KafkaContainer extends KafkaBroker {
  static final String IMAGE = "apache/kafka:4.3.1";

  private static final Path DATA = Path.of("/var/lib/kafka/data");

  private Container container;

  /** A broker with more settings, which win over the standard ones. */
  KafkaContainer(
      Workspace workspace, ArtifactStore store, String name, Map<String, String> settings) {
    super(workspace, store, name, settings);
  }

  @Override
  String host() {
    return Engine.address();
  }

  @Override
  public void prepare() {
    Engine.require(IMAGE);
  }

  @Override
  protected Child run() {
    if (container == null) {
      container = new Container(workspace(), spec());
    }
    container.start();
    return container;
  }

  private ContainerSpec spec() {
    Map<String, String> environment = new HashMap<>();
    settings(DATA, "0.0.0.0").forEach((key, value) -> environment.put(variable(key), value));
    environment.put("CLUSTER_ID", CLUSTER_ID);
    environment.put("KAFKA_HEAP_OPTS", "-Xms64m -Xmx512m");
    return new ContainerSpec(name(), IMAGE, port(), port(), List.of(), environment, List.of());
  }

  /**
   * The variable of a broker setting, as the image's documentation has it: dots become one
   * underscore, underscores two, dashes three.
   */
  static String variable(String setting) {
    return "KAFKA_"
        + setting.replace("_", "__").replace("-", "___").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
