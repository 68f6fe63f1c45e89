package io.dmconnect.it.harness;

import io.dmconnect.local.LocalStack;
import java.util.HashMap;
import java.util.Map;

/** Converter settings for both connectors of a pipeline. */
public final class Converters {
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

  private Converters() {}

  /** Avro in Confluent's wire format, through the stack's registry. */
  public static Map<String, String> avro(LocalStack stack) {
    return stack.avroRegistry().converterSettings();
  }

  /** The same with Apicurio's converter as it comes. */
  public static Map<String, String> apicurioAvro(LocalStack stack) {
    return stack.avroRegistry().apicurioSettings();
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
