package io.dmconnect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import io.dmconnect.local.client.PluginLoader;
import io.dmconnect.local.client.PluginZips;
import io.dmconnect.local.server.AvroConverterPlugin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The built jar in the folder of Apicurio's converter, with a registry. */
class FastAvroConverterIT {
  private static final String SIDE = "value.converter";
  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("fast.Value")
          .field("id", Schema.INT64_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private static LocalStack stack;
  private static PluginLoader plugin;

  @BeforeAll
  static void start() throws Exception {
    stack = LocalStack.builder().avroRegistry().start();
    Path folder = stack.workspace().root().resolve("avro-converter");
    AvroConverterPlugin.link(
        ArtifactStore.standard(line -> {}),
        List.of(PluginZips.builtJar(Path.of(".."), "connect-avro-converter")),
        folder);
    plugin = new PluginLoader(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    plugin.close();
    stack.close();
  }

  @Test
  void makesTheMessagesOfApicuriosConverter() {
    Converter fast = fast(Map.of());
    Converter apicurio = converter(stack.avroRegistry().apicurioSettings(), Map.of());

    for (Struct row : List.of(row(1, "one"), row(2, null), row(3, "three"))) {
      assertThat(fast.fromConnectData("same", SCHEMA, row))
          .isEqualTo(apicurio.fromConnectData("same", SCHEMA, row));
    }
  }

  @Test
  void readsTheRecordsBehindTheFirstDirectly() {
    Converter fast = fast(Map.of());
    byte[] first = fast.fromConnectData("read", SCHEMA, row(1, "one"));
    byte[] second = fast.fromConnectData("read", SCHEMA, row(2, "two"));

    Schema schema = fast.toConnectData("read", first).schema();
    SchemaAndValue read = fast.toConnectData("read", second);

    assertThat(read.schema()).isSameAs(schema);
    assertThat(read.value().getClass().getSimpleName()).isEqualTo("FastStruct");
    assertThat(((Struct) read.value()).getInt64("id")).isEqualTo(2);
    assertThat(((Struct) read.value()).getString("text")).isEqualTo("two");
  }

  @Test
  void registersEachSchemaOfATopic() {
    Converter fast = fast(Map.of());
    Schema wider =
        SchemaBuilder.struct()
            .name("fast.Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("text", Schema.OPTIONAL_STRING_SCHEMA)
            .field("more", Schema.OPTIONAL_INT32_SCHEMA)
            .build();
    fast.fromConnectData("wider", SCHEMA, row(1, "one"));
    fast.fromConnectData("wider", SCHEMA, row(2, "two"));

    byte[] message =
        fast.fromConnectData("wider", wider, new Struct(wider).put("id", 3L).put("more", 7));

    Converter reader = converter(stack.avroRegistry().apicurioSettings(), Map.of());
    Struct read = (Struct) reader.toConnectData("wider", message).value();
    assertThat(read.getInt32("more")).isEqualTo(7);
  }

  @Test
  void writesByTheRegisteredSchemaWhereThatIsAnother() {
    Schema narrow =
        SchemaBuilder.struct().name("other.Value").field("n", Schema.OPTIONAL_INT32_SCHEMA).build();
    Schema wide =
        SchemaBuilder.struct().name("other.Value").field("n", Schema.OPTIONAL_INT64_SCHEMA).build();
    fast(Map.of()).fromConnectData("other", wide, new Struct(wide));
    Map<String, String> latest =
        Map.of("apicurio.registry.find-latest", "true", "apicurio.registry.auto-register", "false");
    Converter fast = fast(latest);
    Converter apicurio = converter(stack.avroRegistry().apicurioSettings(), latest);

    assertThat(outcome(apicurio, "other", narrow, new Struct(narrow))).isInstanceOf(List.class);
    for (Struct row : List.of(new Struct(narrow), new Struct(narrow).put("n", 7))) {
      assertThat(outcome(fast, "other", narrow, row))
          .isEqualTo(outcome(apicurio, "other", narrow, row));
    }
  }

  private static Object outcome(Converter converter, String topic, Schema schema, Struct row) {
    try {
      return List.of(converter.fromConnectData(topic, schema, row)).stream()
          .map(java.nio.ByteBuffer::wrap)
          .toList();
    } catch (RuntimeException e) {
      return e.getClass();
    }
  }

  @Test
  void leavesRecordsWithTheirIdsInHeadersToApicurio() {
    Converter fast = fast(Map.of("apicurio.registry.headers.enabled", "true"));
    var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
    fast.fromConnectData("headers", headers, SCHEMA, row(1, "one"));
    byte[] message = fast.fromConnectData("headers", headers, SCHEMA, row(2, "two"));

    Struct read = (Struct) fast.toConnectData("headers", headers, message).value();

    assertThat(read.getInt64("id")).isEqualTo(2);
    assertThat(read).isExactlyInstanceOf(Struct.class);
  }

  @Test
  void passesNull() {
    Converter fast = fast(Map.of());

    assertThat(fast.fromConnectData("null", null, null)).isNull();
    assertThat(fast.toConnectData("null", null)).isEqualTo(SchemaAndValue.NULL);
  }

  private static Struct row(long id, String text) {
    return new Struct(SCHEMA).put("id", id).put("text", text);
  }

  private static Converter fast(Map<String, String> more) {
    return converter(stack.avroRegistry().converterSettings(), more);
  }

  private static Converter converter(Map<String, String> settings, Map<String, String> more) {
    Map<String, String> own = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(SIDE + '.')) {
            own.put(name.substring(SIDE.length() + 1), value);
          }
        });
    own.putAll(more);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(plugin);
    try {
      Converter converter =
          (Converter) plugin.loadClass(settings.get(SIDE)).getDeclaredConstructor().newInstance();
      converter.configure(own, false);
      return converter;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
