package io.dmconnect.avro;

import io.dmconnect.model.event.FastStruct;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Makes the reader of a pair of schemas. */
final class ReaderCompiler {
  private static final byte[] EMPTY = {};

  private ReaderCompiler() {}

  /**
   * The reader that decodes records as Avro and Apicurio's {@code AvroData} do together.
   *
   * @param avro the schema the records were written with
   * @param connect the schema that {@code AvroData} makes of it
   * @return empty when the schemas are of a kind that is left to them
   */
  static Optional<FieldReader> compile(org.apache.avro.Schema avro, Schema connect) {
    return connect.type() == Schema.Type.STRUCT
        ? Optional.ofNullable(reader(avro, connect, 0))
        : Optional.empty();
  }

  private static FieldReader reader(org.apache.avro.Schema avro, Schema connect, int depth) {
    if (depth > SchemaFit.MAX_DEPTH || SchemaFit.isNullable(avro) != connect.isOptional()) {
      return null;
    }
    if (!connect.isOptional()) {
      return present(avro, connect, depth);
    }

    FieldReader present = present(SchemaFit.present(avro), connect, depth);
    int nullBranch = SchemaFit.nullBranch(avro);
    return present == null
        ? null
        : in -> {
          int branch = in.varint();
          if (branch == nullBranch) {
            return null;
          }
          if (branch != 1 - nullBranch) {
            throw new IllegalArgumentException("The union has no branch " + branch);
          }
          return present.read(in);
        };
  }

  private static FieldReader present(org.apache.avro.Schema avro, Schema connect, int depth) {
    if (avro.getType() != SchemaFit.avroType(connect) || SchemaFit.hasOtherJavaType(connect)) {
      return null;
    }

    return switch (connect.type()) {
      case INT8 -> in -> (byte) in.varint();
      case INT16 -> in -> (short) in.varint();
      case INT32 -> AvroInput::varint;
      case INT64 -> AvroInput::varlong;
      case FLOAT32 -> in -> Float.intBitsToFloat((int) in.littleEndian(Float.BYTES));
      case FLOAT64 -> in -> Double.longBitsToDouble(in.littleEndian(Double.BYTES));
      case BOOLEAN -> in -> in.octet() == 1;
      case STRING -> new TextReader();
      case BYTES ->
          SchemaFit.isDecimal(connect)
              ? decimal(SchemaFit.scale(connect))
              : in -> ByteBuffer.wrap(in.take(in.length()));
      case STRUCT -> StructReader.of(avro, connect, depth);
      case ARRAY -> array(reader(avro.getElementType(), connect.valueSchema(), depth + 1));
      case MAP -> map(reader(avro.getValueType(), connect.valueSchema(), depth + 1));
    };
  }

  private static FieldReader decimal(int scale) {
    return in -> {
      int length = in.length();
      if (length == 0 || length > Long.BYTES) {
        return new BigDecimal(new BigInteger(in.take(length)), scale);
      }
      long unscaled = in.octet();
      for (int i = 1; i < length; i++) {
        unscaled = (unscaled << Byte.SIZE) | (in.octet() & 0xFF);
      }
      return BigDecimal.valueOf(unscaled, scale);
    };
  }

  private static FieldReader array(FieldReader element) {
    return element == null
        ? null
        : in -> {
          List<Object> list = new ArrayList<>();
          for (int count = count(in); count > 0; count = count(in)) {
            for (int i = 0; i < count; i++) {
              list.add(element.read(in));
            }
          }
          return list;
        };
  }

  private static FieldReader map(FieldReader member) {
    FieldReader key = new TextReader();
    return member == null
        ? null
        : in -> {
          Map<Object, Object> map = new HashMap<>();
          for (int count = count(in); count > 0; count = count(in)) {
            for (int i = 0; i < count; i++) {
              map.put(key.read(in), member.read(in));
            }
          }
          return map;
        };
  }

  /** How many members the next block has; a negative number has the block's size behind it. */
  private static int count(AvroInput in) {
    int count = in.varint();
    if (count < 0) {
      in.varlong();
      count = Math.negateExact(count);
    }
    return count;
  }

  /** Keeps the last text: many fields have the same in record after record. */
  private static final class TextReader implements FieldReader {
    private static final int MAX_KEPT = 256;

    private byte[] lastBytes = EMPTY;
    private String last = "";

    @Override
    public Object read(AvroInput in) {
      int length = in.length();
      if (length == lastBytes.length && in.passIfSame(lastBytes)) {
        return last;
      }

      byte[] utf8 = in.take(length);
      String text = new String(utf8, StandardCharsets.UTF_8);
      if (length <= MAX_KEPT) {
        lastBytes = utf8;
        last = text;
      }
      return text;
    }
  }

  private static final class StructReader implements FieldReader {
    private final Schema schema;
    private final int[] slots;
    private final FieldReader[] readers;

    private StructReader(Schema schema, int[] slots, FieldReader[] readers) {
      this.schema = schema;
      this.slots = slots;
      this.readers = readers;
    }

    static FieldReader of(org.apache.avro.Schema avro, Schema connect, int depth) {
      List<org.apache.avro.Schema.Field> written = avro.getFields();
      if (written.size() != connect.fields().size()) {
        return null;
      }

      int[] slots = new int[written.size()];
      FieldReader[] readers = new FieldReader[written.size()];
      for (int i = 0; i < slots.length; i++) {
        Field field = connect.field(written.get(i).name());
        if (field == null) {
          return null;
        }
        slots[i] = field.index();
        readers[i] = reader(written.get(i).schema(), field.schema(), depth + 1);
        if (readers[i] == null) {
          return null;
        }
      }
      return new StructReader(connect, slots, readers);
    }

    @Override
    public Object read(AvroInput in) {
      Object[] values = new Object[slots.length];
      for (int i = 0; i < values.length; i++) {
        values[slots[i]] = readers[i].read(in);
      }
      return new FastStruct(schema, values);
    }
  }
}
