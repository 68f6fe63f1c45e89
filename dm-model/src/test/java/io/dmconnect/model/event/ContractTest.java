package io.dmconnect.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fixes the event contract: an example of each kind of record, as Kafka's JSON converter writes it
 * with its schema. Run with {@code -Dgolden.update=true} to write the files anew after the contract
 * was changed on purpose.
 */
class ContractTest {
  private static final Path FILES = Path.of("src/test/resources/contract");

  static Stream<Arguments> records() {
    return Stream.of(
        arguments("key", SampleRecords.key()),
        arguments("read", SampleRecords.read()),
        arguments("create", SampleRecords.create()),
        arguments("update", SampleRecords.update()),
        arguments("delete", SampleRecords.delete()),
        arguments("ddl", SampleRecords.ddl()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void writesTheRecordOfTheContract(String kind, Struct value) throws IOException {
    value.validate();
    String json = json(value);
    Path file = FILES.resolve(kind + ".json");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FILES);
      Files.writeString(file, json);
    }

    assertThat(json).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void readsTheRecordOfTheContract(String kind, Struct value) throws IOException {
    try (JsonConverter converter = converter()) {
      byte[] bytes = Files.readAllBytes(FILES.resolve(kind + ".json"));
      SchemaAndValue read = converter.toConnectData(SampleRecords.TOPIC, bytes);

      assertThat(read.schema()).isEqualTo(value.schema());
      assertThat(json((Struct) read.value())).isEqualTo(json(value));
    }
  }

  private static String json(Struct value) throws IOException {
    try (JsonConverter converter = converter()) {
      byte[] bytes = converter.fromConnectData(SampleRecords.TOPIC, value.schema(), value);
      ObjectMapper mapper = new ObjectMapper();
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(bytes))
          + "\n";
    }
  }

  private static JsonConverter converter() {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", true), false);
    return converter;
  }
}
