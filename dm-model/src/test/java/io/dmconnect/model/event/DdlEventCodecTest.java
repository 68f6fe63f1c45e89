package io.dmconnect.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.error.DmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DdlEventCodecTest {

  static Stream<DdlEvent> events() {
    return Stream.of(DdlEvents.alter(), DdlEvents.rename());
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsBackAStruct(DdlEvent event) {
    Struct block = DdlEventCodec.encode(event);

    block.validate();
    assertThat(DdlEventCodec.decode(block)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsBackTheMapOfAConverterWithoutSchemas(DdlEvent event) {
    try (JsonConverter json = new JsonConverter()) {
      json.configure(Map.of("schemas.enable", false), false);
      byte[] bytes = json.fromConnectData("dm.db.t", EventSchemas.DDL, DdlEventCodec.encode(event));
      Object map = json.toConnectData("dm.db.t", bytes).value();

      assertThat(map).isInstanceOf(Map.class);
      assertThat(DdlEventCodec.decode(map)).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "kind", "db", "table", "statements", "sql_mode", "participants"})
  void namesTheMemberThatIsMissing(String member) {
    Map<String, Object> block = block();
    block.remove(member);

    assertThatThrownBy(() -> DdlEventCodec.decode(block))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("'" + member + "'");
  }

  @Test
  void namesAnUnknownKind() {
    Map<String, Object> block = block();
    block.put("kind", "MELT_TABLE");

    assertThatThrownBy(() -> DdlEventCodec.decode(block))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("MELT_TABLE");
  }

  private static Map<String, Object> block() {
    Map<String, Object> block = new HashMap<>();
    block.put("id", "a:1:0");
    block.put("kind", "DROP_TABLE");
    block.put("db", "db");
    block.put("table", "t");
    block.put("statements", List.of("DROP TABLE t"));
    block.put("sql_mode", "");
    block.put("participants", List.of("dm.db.t-0"));
    return block;
  }
}
