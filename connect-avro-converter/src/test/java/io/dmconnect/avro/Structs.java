package io.dmconnect.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Arbitrary structs of arbitrary schemas. */
final class Structs {
  private static final int MAX_DEPTH = 2;
  private static final int MAX_SCALE = 30;

  private Structs() {}

  static Arbitrary<SchemaAndValue> any() {
    return schema(0)
        .flatMap(schema -> value(schema).map(value -> new SchemaAndValue(schema, value)));
  }

  private static Arbitrary<Schema> schema(int depth) {
    return field(depth + 1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(
            fields -> {
              // Avro wants one definition of each record's name
              SchemaBuilder struct =
                  SchemaBuilder.struct().name("io.dmconnect.R" + System.identityHashCode(fields));
              for (int i = 0; i < fields.size(); i++) {
                struct.field("f" + i, fields.get(i));
              }
              return struct.build();
            });
  }

  /** No arrays of required doubles: Avro 1.12.0 reads their members as floats. */
  private static Arbitrary<Schema> field(int depth) {
    Arbitrary<Function<Boolean, Schema>> plain =
        Arbitraries.of(
            optional -> built(SchemaBuilder.int8(), optional),
            optional -> built(SchemaBuilder.int16(), optional),
            optional -> built(SchemaBuilder.int32(), optional),
            optional -> built(SchemaBuilder.int32().name("io.debezium.time.Date"), optional),
            optional -> built(SchemaBuilder.int64(), optional),
            optional -> built(SchemaBuilder.float32(), optional),
            optional -> built(SchemaBuilder.float64(), optional),
            optional -> built(SchemaBuilder.bool(), optional),
            optional -> built(SchemaBuilder.string(), optional),
            optional -> built(SchemaBuilder.bytes(), optional),
            optional -> built(Decimal.builder(MAX_SCALE), optional),
            optional -> built(Decimal.builder(0), optional));
    Arbitrary<Schema> leaf =
        Combinators.combine(plain, Arbitraries.of(true, false)).as(Function::apply);
    if (depth > MAX_DEPTH) {
      return leaf;
    }
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(8, leaf),
        net.jqwik.api.Tuple.of(
            1,
            field(depth + 1)
                .filter(member -> !member.equals(Schema.FLOAT64_SCHEMA))
                .map(member -> SchemaBuilder.array(member).build())),
        net.jqwik.api.Tuple.of(
            1,
            field(depth + 1)
                .map(member -> SchemaBuilder.map(Schema.STRING_SCHEMA, member).optional().build())),
        net.jqwik.api.Tuple.of(2, schema(depth)));
  }

  private static Schema built(SchemaBuilder builder, boolean optional) {
    return (optional ? builder.optional() : builder).build();
  }

  private static Arbitrary<Object> value(Schema schema) {
    Arbitrary<Object> present = present(schema).map(value -> value);
    return schema.isOptional() ? present.injectNull(0.3) : present;
  }

  private static Arbitrary<?> present(Schema schema) {
    if (Decimal.LOGICAL_NAME.equals(schema.name())) {
      int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
      return Arbitraries.bigIntegers()
          .between(BigInteger.TEN.pow(65).negate(), BigInteger.TEN.pow(65))
          .map(unscaled -> new BigDecimal(unscaled, scale));
    }
    return switch (schema.type()) {
      case INT8 -> Arbitraries.bytes();
      case INT16 -> Arbitraries.shorts();
      case INT32 -> Arbitraries.integers();
      case INT64 -> Arbitraries.longs();
      case FLOAT32 -> Arbitraries.floats();
      case FLOAT64 -> Arbitraries.doubles();
      case BOOLEAN -> Arbitraries.of(true, false);
      case STRING -> Arbitraries.strings().ofMaxLength(300);
      case BYTES ->
          Arbitraries.bytes()
              .array(byte[].class)
              .ofMaxSize(300)
              .map(bytes -> ByteBuffer.wrap(bytes));
      case ARRAY -> value(schema.valueSchema()).list().ofMaxSize(5);
      case MAP ->
          Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), value(schema.valueSchema()))
              .ofMaxSize(5);
      case STRUCT -> struct(schema);
    };
  }

  private static Arbitrary<Struct> struct(Schema schema) {
    List<Arbitrary<Object>> values =
        schema.fields().stream().map(field -> value(field.schema())).toList();
    return Combinators.combine(values)
        .as(
            all -> {
              Struct struct = new Struct(schema);
              for (Field field : schema.fields()) {
                struct.put(field, all.get(field.index()));
              }
              return struct;
            });
  }
}
