package io.dmconnect.it.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dmconnect.local.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Converter settings for both connectors of a pipeline. */
public final class Converters {
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

  private static final Path EXAMPLES = Path.of("..", "config-examples", "avro");

  private Converters() {}

  /**
   * A shipped example of Avro, with the stack's registry.
   *
   * @param file its name in {@code config-examples/avro}
   */
  public static Map<String, String> avroExample(String file, LocalStack stack) throws IOException {
    Map<String, String> config =
        new ObjectMapper()
            .readValue(
                EXAMPLES.resolve(file).toFile(), new TypeReference<Map<String, String>>() {});
    config.replaceAll(
        (key, value) -> value.replace("http://registry:8080", stack.avroRegistry().url()));
    return config;
  }

  /** JSON with a schema in every record. */
  public static Map<String, String> jsonWithSchemas() {
    return json("true");
  }

  /** JSON without schemas. */
  public static Map<String, String> jsonWithoutSchemas() {
    return json("false");
  }

  private static Map<String, String> json(String schemas) {
    Map<String, String> config = new HashMap<>();
    for (String which : new String[] {"key", "value"}) {
      config.put(which + ".converter", JSON);
      config.put(which + ".converter.schemas.enable", schemas);
    }
    return config;
  }
}
