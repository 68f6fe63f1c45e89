package io.dmconnect.model.event;

import static io.dmconnect.model.event.SampleTable.table;
import static io.dmconnect.model.event.SampleTable.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.schema.TableSchema;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static final TableSchema TABLE =
      table().required("id", type("bigint")).column("d", type("date")).primaryKey("id").build();
  private static final RowSchemas SCHEMAS = RowSchemas.of("dm.db.t", TABLE);

  private final EventReader reader = new EventReader();

  @Test
  void takesAStructApart() {
    Struct value = update();
    Event event = reader.read(value);
    RowColumns columns = RowColumns.of(SCHEMAS.row());

    assertThat(event.op()).isEqualTo(Op.UPDATE);
    assertThat(columns.names()).containsExactly("id", "d");
    assertThat(columns.cell(event.before(), 0)).isEqualTo(1L);
    assertThat(columns.cell(event.after(), 1)).isNull();
    assertThat(event.exactBefore()).isEmpty();
    assertThat(event.exactAfter()).isEqualTo(Map.of("d", "'0000-00-00'"));
    assertThat(event.safeMode()).isTrue();
    assertThat(event.sourceMillis()).isEqualTo(7L);
    assertThat(RecordParts.text(event.source(), "file")).isEqualTo("mysql-bin.000001");
    assertThat(event.ddl()).isNull();
  }

  @Test
  void takesTheMapOfAConverterWithoutSchemasApart() {
    try (JsonConverter json = new JsonConverter()) {
      json.configure(Map.of("schemas.enable", false), false);
      byte[] bytes = json.fromConnectData("dm.db.t", SCHEMAS.envelope(), update());
      Event event = reader.read(json.toConnectData("dm.db.t", bytes).value());
      RowColumns columns = RowColumns.of(TABLE);

      assertThat(event.op()).isEqualTo(Op.UPDATE);
      assertThat(columns.cell(event.before(), 0)).isEqualTo(1L);
      assertThat(columns.cell(event.after(), 1)).isNull();
      assertThat(event.exactAfter()).isEqualTo(Map.of("d", "'0000-00-00'"));
      assertThat(event.safeMode()).isTrue();
      assertThat(event.sourceMillis()).isEqualTo(7L);
    }
  }

  @Test
  void readsEnvelopesWithoutTheFieldsThatAreOurs() {
    Schema row = SchemaBuilder.struct().optional().field("id", Schema.INT64_SCHEMA).build();
    Schema envelope =
        SchemaBuilder.struct()
            .field("before", row)
            .field("after", row)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    Event event =
        reader.read(
            new Struct(envelope).put("op", "c").put("after", new Struct(row).put("id", 1L)));

    assertThat(event.op()).isEqualTo(Op.CREATE);
    assertThat(event.safeMode()).isFalse();
    assertThat(event.exactAfter()).isEmpty();
    assertThat(event.source()).isNull();
  }

  @Test
  void isNullForATombstone() {
    assertThat(reader.read(null)).isNull();
  }

  @Test
  void refusesWhatIsNotAnEnvelope() {
    Schema flat = SchemaBuilder.struct().name("flat").field("id", Schema.INT64_SCHEMA).build();

    assertNotAnEvent("text", "java.lang.String");
    assertNotAnEvent(new Struct(flat).put("id", 1L), "flat");
    assertNotAnEvent(Map.of("id", 1), "op is null");
    assertNotAnEvent(Map.of("op", "x"), "op is x");
  }

  private void assertNotAnEvent(Object value, String what) {
    assertThatThrownBy(() -> reader.read(value))
        .isInstanceOf(DmException.class)
        .hasMessageContaining("DM-00003")
        .hasMessageContaining(what);
  }

  private static Struct update() {
    Struct source =
        new Struct(SourceSchema.SCHEMA)
            .put("version", "1")
            .put("connector", "mysql")
            .put("name", "dm")
            .put("ts_ms", 7L)
            .put("db", "db")
            .put("server_id", 1L)
            .put("file", "mysql-bin.000001")
            .put("pos", 4L)
            .put("row", 0)
            .put("safe_mode", true);
    Struct value =
        new Struct(SCHEMAS.envelope())
            .put("op", "u")
            .put("before", new Struct(SCHEMAS.row()).put("id", 1L).put("d", 1))
            .put("after", new Struct(SCHEMAS.row()).put("id", 1L))
            .put("source", source)
            .put("exact", Exact.of(null, Map.of("d", "'0000-00-00'")));
    value.validate();
    return value;
  }
}
