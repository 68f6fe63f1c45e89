package io.dmconnect.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastStructTest {
  private static final Schema INNER =
      SchemaBuilder.struct().optional().field("x", Schema.FLOAT64_SCHEMA).build();
  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("s")
          .field("i8", Schema.INT8_SCHEMA)
          .field("i16", Schema.INT16_SCHEMA)
          .field("i32", Schema.INT32_SCHEMA)
          .field("i64", Schema.INT64_SCHEMA)
          .field("f32", Schema.FLOAT32_SCHEMA)
          .field("f64", Schema.FLOAT64_SCHEMA)
          .field("bool", Schema.BOOLEAN_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("bytes", Schema.BYTES_SCHEMA)
          .field("list", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
          .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())
          .field("inner", INNER)
          .field("preset", SchemaBuilder.string().optional().defaultValue("d").build())
          .build();

  @Test
  void readsLikeAStructOfTheSameValues() {
    Struct plain = fill(new Struct(SCHEMA));
    Struct fast = fill(new FastStruct(SCHEMA));

    assertThat(fast.schema()).isSameAs(SCHEMA);
    for (Field field : SCHEMA.fields()) {
      assertThat(fast.get(field)).isEqualTo(plain.get(field));
      assertThat(fast.get(field.name())).isEqualTo(plain.get(field.name()));
      assertThat(fast.getWithoutDefault(field.name()))
          .isEqualTo(plain.getWithoutDefault(field.name()));
    }
    assertThat(fast.getInt8("i8")).isEqualTo(plain.getInt8("i8"));
    assertThat(fast.getInt16("i16")).isEqualTo(plain.getInt16("i16"));
    assertThat(fast.getInt32("i32")).isEqualTo(plain.getInt32("i32"));
    assertThat(fast.getInt64("i64")).isEqualTo(plain.getInt64("i64"));
    assertThat(fast.getFloat32("f32")).isEqualTo(plain.getFloat32("f32"));
    assertThat(fast.getFloat64("f64")).isEqualTo(plain.getFloat64("f64"));
    assertThat(fast.getBoolean("bool")).isEqualTo(plain.getBoolean("bool"));
    assertThat(fast.getString("text")).isEqualTo(plain.getString("text"));
    assertThat(fast.getBytes("bytes")).isEqualTo(plain.getBytes("bytes"));
    assertThat(fast.<String>getArray("list")).isEqualTo(plain.<String>getArray("list"));
    assertThat(fast.<String, String>getMap("map")).isEqualTo(plain.<String, String>getMap("map"));
    assertThat(fast.getStruct("inner")).isEqualTo(plain.getStruct("inner"));
    assertThat(fast.getStruct("inner")).hasToString("Struct{x=1.5}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jsonConverterWritesItLikeAStruct(boolean schemas) {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", schemas), false);

      assertThat(converter.fromConnectData("t", SCHEMA, fill(new FastStruct(SCHEMA))))
          .isEqualTo(converter.fromConnectData("t", SCHEMA, fill(new Struct(SCHEMA))));
    }
  }

  @Test
  void isAFieldOfAStruct() {
    FastStruct inner = new FastStruct(INNER, new Object[] {1.5});
    Schema outer = SchemaBuilder.struct().field("inner", INNER).build();

    assertThat(new Struct(outer).put("inner", inner).getStruct("inner")).isSameAs(inner);
  }

  @Test
  void equalsByValueAndSchema() {
    FastStruct one = (FastStruct) fill(new FastStruct(SCHEMA));
    FastStruct same = (FastStruct) fill(new FastStruct(SCHEMA));
    FastStruct other = (FastStruct) fill(new FastStruct(SCHEMA)).put("bytes", new byte[] {9});

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(one).isEqualTo(new FastStruct(SCHEMA, slots(same)));
  }

  @Test
  void refusesUnknownFieldsAndWrongTypes() {
    FastStruct struct = new FastStruct(SCHEMA);

    assertThatThrownBy(() -> struct.get("nope")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> struct.put("nope", 1)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> struct.getInt32("text")).isInstanceOf(DataException.class);
  }

  @Test
  void validatesOnDemand() {
    FastStruct struct = (FastStruct) fill(new FastStruct(SCHEMA));
    struct.validate();
    struct.set(SCHEMA.field("i32").index(), "text");

    assertThatThrownBy(struct::validate).isInstanceOf(DataException.class);
  }

  private static Object[] slots(FastStruct struct) {
    return SCHEMA.fields().stream().map(f -> struct.slot(f.index())).toArray();
  }

  private static Struct fill(Struct struct) {
    return struct
        .put("i8", (byte) 1)
        .put("i16", (short) 2)
        .put("i32", 3)
        .put("i64", 4L)
        .put("f32", 5f)
        .put("f64", 6d)
        .put("bool", true)
        .put("text", null)
        .put("bytes", new byte[] {7})
        .put("list", List.of("a"))
        .put("map", Map.of("k", "v"))
        .put("inner", new Struct(INNER).put("x", 1.5));
  }
}
