package io.dmconnect.sink.row;

import io.dmconnect.sink.literal.BadValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Gives cells their types back that JSON without schemas does not keep: Kafka's JsonConverter
 * writes bytes as base64, decimals as base64 of the unscaled number ({@code decimal.format=BASE64})
 * or as numbers ({@code NUMERIC}), and reads every number as a long or a double.
 */
final class SchemalessCells {
  private static final int EXACT_DOUBLE_DIGITS = 15;

  /**
   * The value as the schema's type has it.
   *
   * @param value what the converter read; not null
   * @throws BadValueException when it is not of that type
   */
  static Object decode(Object value, Schema schema) {
    if (Decimal.LOGICAL_NAME.equals(schema.name())) {
      return decimal(value, Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
    }

    return switch (schema.type()) {
      case INT8, INT16, INT32, INT64 -> integer(value);
      case FLOAT32 -> (float) number(value).doubleValue();
      case FLOAT64 -> number(value).doubleValue();
      case BOOLEAN -> expect(value, Boolean.class);
      case STRING -> expect(value, String.class);
      case BYTES -> bytes(value);
      case ARRAY -> array(value, schema);
      case STRUCT -> struct(value, schema);
      case MAP -> value;
    };
  }

  private static Object integer(Object value) {
    return number(value).longValue();
  }

  private static Number number(Object value) {
    return expect(value, Number.class);
  }

  private static BigDecimal decimal(Object value, int scale) {
    if (value instanceof String text) {
      return new BigDecimal(new BigInteger(bytes(text)), scale);
    }

    if (value instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }

    BigDecimal decimal =
        value instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number(value).doubleValue());
    if (!(value instanceof BigDecimal) && decimal.precision() > EXACT_DOUBLE_DIGITS) {
      throw new BadValueException(
          "the converter read a decimal as a double, which lost digits; set decimal.format=BASE64");
    }

    return decimal;
  }

  private static byte[] bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }

    try {
      return Base64.getDecoder().decode(expect(value, String.class));
    } catch (IllegalArgumentException e) {
      throw new BadValueException("it is not base64: " + e.getMessage());
    }
  }

  private static List<Object> array(Object value, Schema schema) {
    List<Object> decoded = new ArrayList<>();
    for (Object element : expect(value, List.class)) {
      decoded.add(element == null ? null : decode(element, schema.valueSchema()));
    }

    return decoded;
  }

  private static Struct struct(Object value, Schema schema) {
    Map<?, ?> map = expect(value, Map.class);
    Struct struct = new Struct(schema);
    for (Field field : schema.fields()) {
      Object member = map.get(field.name());
      struct.put(field, member == null ? null : narrow(decode(member, field.schema()), field));
    }

    return struct;
  }

  private static Object narrow(Object value, Field field) {
    return field.schema().type() == Schema.Type.INT32 ? (Object) ((Long) value).intValue() : value;
  }

  private static <T> T expect(Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new BadValueException(
          "expected a " + type.getSimpleName() + ", not a " + value.getClass().getSimpleName());
    }

    return type.cast(value);
  }

  private SchemalessCells() {}
}
