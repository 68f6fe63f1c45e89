package io.dmconnect.avro;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Makes the writer of a pair of schemas. */
final class WriterCompiler {
  private WriterCompiler() {}

  /**
   * The writer that encodes structs as Apicurio's {@code AvroData} and Avro do together.
   *
   * @return empty when the schemas are of a kind that is left to them
   */
  static Optional<FieldWriter> compile(Schema connect, org.apache.avro.Schema avro) {
    return connect.type() == Schema.Type.STRUCT
        ? Optional.ofNullable(writer(connect, avro, 0))
        : Optional.empty();
  }

  private static FieldWriter writer(Schema connect, org.apache.avro.Schema avro, int depth) {
    if (depth > SchemaFit.MAX_DEPTH || SchemaFit.isNullable(avro) != connect.isOptional()) {
      return null;
    }
    if (!connect.isOptional()) {
      return present(connect, avro, depth);
    }

    FieldWriter present = present(connect, SchemaFit.present(avro), depth);
    int nullBranch = SchemaFit.nullBranch(avro);
    return present == null
        ? null
        : (value, out) -> {
          if (value == null) {
            out.varint(nullBranch);
            return true;
          }
          out.varint(1 - nullBranch);
          return present.write(value, out);
        };
  }

  private static FieldWriter present(Schema connect, org.apache.avro.Schema avro, int depth) {
    if (avro.getType() != SchemaFit.avroType(connect) || SchemaFit.hasOtherJavaType(connect)) {
      return null;
    }

    return switch (connect.type()) {
      case INT8 -> (value, out) -> value instanceof Byte number && varint(number, out);
      case INT16 -> (value, out) -> value instanceof Short number && varint(number, out);
      case INT32 -> (value, out) -> value instanceof Integer number && varint(number, out);
      case INT64 -> (value, out) -> value instanceof Long number && varint(number, out);
      case FLOAT32 -> WriterCompiler::float32;
      case FLOAT64 -> WriterCompiler::float64;
      case BOOLEAN -> WriterCompiler::bool;
      case STRING -> new TextWriter();
      case BYTES ->
          SchemaFit.isDecimal(connect) ? decimal(SchemaFit.scale(connect)) : WriterCompiler::bytes;
      case STRUCT -> StructWriter.of(connect, avro, depth);
      case ARRAY -> array(writer(connect.valueSchema(), avro.getElementType(), depth + 1));
      case MAP -> map(writer(connect.valueSchema(), avro.getValueType(), depth + 1));
    };
  }

  private static boolean varint(long value, AvroOutput out) {
    out.varint(value);
    return true;
  }

  private static boolean float32(Object value, AvroOutput out) {
    if (!(value instanceof Float number)) {
      return false;
    }
    out.littleEndian(Float.floatToRawIntBits(number), Float.BYTES);
    return true;
  }

  private static boolean float64(Object value, AvroOutput out) {
    if (!(value instanceof Double number)) {
      return false;
    }
    out.littleEndian(Double.doubleToRawLongBits(number), Double.BYTES);
    return true;
  }

  private static boolean bool(Object value, AvroOutput out) {
    if (!(value instanceof Boolean flag)) {
      return false;
    }
    out.octet(flag ? 1 : 0);
    return true;
  }

  private static boolean bytes(Object value, AvroOutput out) {
    if (value instanceof byte[] bytes) {
      out.sized(bytes);
      return true;
    }
    if (value instanceof ByteBuffer buffer) {
      out.sized(buffer);
      return true;
    }
    return false;
  }

  private static FieldWriter decimal(int scale) {
    return (value, out) -> {
      if (!(value instanceof BigDecimal number) || number.scale() != scale) {
        return false;
      }
      out.sized(number.unscaledValue().toByteArray());
      return true;
    };
  }

  private static FieldWriter array(FieldWriter element) {
    if (element == null) {
      return null;
    }
    return (value, out) -> {
      if (!(value instanceof Collection<?> list)) {
        return false;
      }
      if (!list.isEmpty()) {
        out.varint(list.size());
        for (Object member : list) {
          if (!element.write(member, out)) {
            return false;
          }
        }
      }
      out.varint(0);
      return true;
    };
  }

  private static FieldWriter map(FieldWriter member) {
    if (member == null) {
      return null;
    }
    FieldWriter key = new TextWriter();
    return (value, out) -> {
      if (!(value instanceof Map<?, ?> given)) {
        return false;
      }
      if (!given.isEmpty()) {
        // in the order in which AvroData writes them
        Map<Object, Object> map = new HashMap<>();
        given.forEach(map::put);
        out.varint(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!key.write(entry.getKey(), out) || !member.write(entry.getValue(), out)) {
            return false;
          }
        }
      }
      out.varint(0);
      return true;
    };
  }

  /** Keeps the last text: many fields have the same instance in record after record. */
  private static final class TextWriter implements FieldWriter {
    private static final int MAX_KEPT = 256;

    private String last;
    private byte[] lastBytes;

    @Override
    @SuppressWarnings(
        "ReferenceEquality") // to compare the characters would cost more than it saves
    public boolean write(Object value, AvroOutput out) {
      if (!(value instanceof String text)) {
        return false;
      }
      if (text == last) {
        out.sized(lastBytes);
        return true;
      }

      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.sized(utf8);
      if (utf8.length <= MAX_KEPT) {
        last = text;
        lastBytes = utf8;
      }
      return true;
    }
  }

  private static final class StructWriter implements FieldWriter {
    private final Schema schema;
    private final Field[] fields;
    private final FieldWriter[] writers;

    private StructWriter(Schema schema, Field[] fields, FieldWriter[] writers) {
      this.schema = schema;
      this.fields = fields;
      this.writers = writers;
    }

    static FieldWriter of(Schema connect, org.apache.avro.Schema avro, int depth) {
      List<org.apache.avro.Schema.Field> wanted = avro.getFields();
      if (wanted.size() != connect.fields().size()) {
        return null;
      }

      Field[] fields = new Field[wanted.size()];
      FieldWriter[] writers = new FieldWriter[wanted.size()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = connect.field(wanted.get(i).name());
        if (fields[i] == null) {
          return null;
        }
        writers[i] = writer(fields[i].schema(), wanted.get(i).schema(), depth + 1);
        if (writers[i] == null) {
          return null;
        }
      }
      return new StructWriter(connect, fields, writers);
    }

    @Override
    public boolean write(Object value, AvroOutput out) {
      if (!(value instanceof Struct struct)
          || (struct.schema() != schema && !struct.schema().equals(schema))) {
        return false;
      }
      for (int i = 0; i < fields.length; i++) {
        if (!writers[i].write(struct.get(fields[i]), out)) {
          return false;
        }
      }
      return true;
    }
  }
}
