package io.dmconnect.bench.micro;

import io.dmconnect.local.client.PluginLoader;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;

/** Makes converters as a worker does. */
final class Converters {
  static final String AVRO = "avro";
  static final String APICURIO = "apicurio";
  static final String JSON = "json";

  private final Inputs inputs;

  Converters(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * A configured converter: Avro, or Avro of Apicurio, with a registry, or JSON without schemas.
   */
  Converter of(String name, boolean key) {
    return switch (name) {
      case AVRO, APICURIO -> avro(name, key);
      case JSON -> {
        Converter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), key);
        yield converter;
      }
      default -> throw new IllegalArgumentException("No converter " + name);
    };
  }

  private Converter avro(String name, boolean key) {
    String side = key ? "key.converter" : "value.converter";
    Map<String, String> settings = new HashMap<>();
    inputs
        .settings(name)
        .forEach(
            (setting, value) -> {
              if (setting.startsWith(side + '.')) {
                settings.put(setting.substring(side.length() + 1), value);
              }
            });
    try {
      ClassLoader plugin = new PluginLoader(inputs.plugin(name));
      Thread.currentThread().setContextClassLoader(plugin);
      Converter converter =
          (Converter)
              plugin
                  .loadClass(inputs.settings(name).get(side))
                  .getDeclaredConstructor()
                  .newInstance();
      converter.configure(settings, key);
      return converter;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The Avro converter cannot be loaded", e);
    }
  }
}
