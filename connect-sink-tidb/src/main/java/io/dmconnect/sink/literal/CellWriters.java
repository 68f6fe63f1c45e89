package io.dmconnect.sink.literal;

import io.dmconnect.model.event.EventFields;
import io.dmconnect.sink.table.TargetColumn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;

/**
 * Chooses how the values of a record's column are written for a target column. The types are those
 * of the event contract.
 */
public final class CellWriters {
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "bit", "year");

  /** To these a hexadecimal literal is a number. */
  private static final Set<String> NUMBERS =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "year",
          "decimal",
          "float",
          "double");

  /** To these a number is not the value that it says. */
  private static final Set<String> READ_OTHERWISE =
      Set.of("enum", "set", "date", "datetime", "timestamp", "time", "year");

  private static final Set<String> BINARIES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
  private static final Map<String, Set<String>> NARROWER =
      Map.of(
          EventFields.TIMESTAMP, Set.of("date", "time", "year"),
          EventFields.MICRO_TIMESTAMP, Set.of("date", "time", "year"),
          EventFields.ZONED_TIMESTAMP, Set.of("date", "time", "year"),
          EventFields.MICRO_TIME, Set.of("date", "datetime", "timestamp", "year"),
          EventFields.DATE, Set.of("time", "year"),
          EventFields.YEAR, Set.of("date", "datetime", "timestamp", "time", "enum", "set"));
  private static final int ALL_DIGITS = 6;

  /** Writes text as it is. */
  static final CellWriter TEXT = (value, out) -> out.quoted((String) value);

  /**
   * The writer for values of that schema.
   *
   * @return the writer; null when such values cannot be written to the column without a loss
   */
  public static CellWriter of(Schema schema, TargetColumn target) {
    String semantic = schema.name();
    if (semantic == null) {
      return plain(schema, target);
    }

    boolean number = semantic.equals(Decimal.LOGICAL_NAME) || semantic.equals(EventFields.BITS);
    if (NARROWER.getOrDefault(semantic, Set.of()).contains(target.type())
        || (number && READ_OTHERWISE.contains(target.type()))) {
      return null;
    }

    int digits = fractionDigits(target);
    return switch (semantic) {
      case Decimal.LOGICAL_NAME -> decimal(target);
      case EventFields.BITS -> (value, out) -> NumberWriters.bits(bytes(value), out);
      case EventFields.DATE ->
          (value, out) -> TemporalWriters.date(((Number) value).longValue(), out);
      case EventFields.TIMESTAMP ->
          (value, out) -> TemporalWriters.dateTime((Long) value * 1000, digits, out);
      case EventFields.MICRO_TIMESTAMP ->
          (value, out) -> TemporalWriters.dateTime((Long) value, digits, out);
      case EventFields.ZONED_TIMESTAMP ->
          (value, out) -> TemporalWriters.zoned((String) value, digits, out);
      case EventFields.MICRO_TIME ->
          (value, out) -> TemporalWriters.time((Long) value, digits, out);
      case EventFields.YEAR -> (value, out) -> out.number(((Number) value).longValue());
      case EventFields.ENUM, EventFields.ENUM_SET, EventFields.JSON -> TextWriters.to(target);
      case EventFields.GEOMETRY, EventFields.POINT ->
          BINARIES.contains(target.type())
              ? (value, out) -> out.hex(GeometryBytes.of(value))
              : null;
      case EventFields.FLOAT_VECTOR -> CellWriters::vector;
      default -> null;
    };
  }

  private static CellWriter plain(Schema schema, TargetColumn target) {
    return switch (schema.type()) {
      case INT8, INT16, INT32, INT64 ->
          READ_OTHERWISE.contains(target.type()) ? null : integer(schema, target);
      case FLOAT32, FLOAT64 -> READ_OTHERWISE.contains(target.type()) ? null : floating(target);
      case BOOLEAN ->
          READ_OTHERWISE.contains(target.type())
              ? null
              : (value, out) -> out.raw((Boolean) value ? '1' : '0');
      case STRING -> TextWriters.to(target);
      case BYTES -> NUMBERS.contains(target.type()) ? null : (value, out) -> out.hex(bytes(value));
      case ARRAY, MAP, STRUCT -> null;
    };
  }

  private static CellWriter floating(TargetColumn target) {
    return INTEGERS.contains(target.type())
        ? (value, out) -> NumberWriters.whole(((Number) value).doubleValue(), out)
        : (value, out) -> NumberWriters.floating(((Number) value).doubleValue(), out);
  }

  // Without the source's type the target's decides; a negative number then is a wrapped one.
  private static boolean isUnsignedBigint(Schema schema, TargetColumn target) {
    Map<String, String> parameters = schema.parameters();
    String type = parameters == null ? null : parameters.get(EventFields.COLUMN_TYPE);
    return type == null
        ? target.unsigned() && target.type().equals("bigint")
        : type.startsWith("BIGINT UNSIGNED");
  }

  private static CellWriter decimal(TargetColumn target) {
    String type = target.type();
    if (type.equals("float") || type.equals("double")) {
      return (value, out) -> NumberWriters.nearest((BigDecimal) value, type, out);
    }

    int scale = type.equals("decimal") ? target.scale() : INTEGERS.contains(target.type()) ? 0 : -1;
    return (value, out) -> NumberWriters.decimal((BigDecimal) value, scale, out);
  }

  private static int fractionDigits(TargetColumn target) {
    return switch (target.type()) {
      case "datetime", "timestamp", "time" -> target.scale();
      default -> ALL_DIGITS;
    };
  }

  private static CellWriter integer(Schema schema, TargetColumn target) {
    boolean unsigned = schema.type() == Schema.Type.INT64 && isUnsignedBigint(schema, target);
    String type = target.type();
    if (type.equals("float") || type.equals("double")) {
      return (value, out) -> NumberWriters.nearest(exactly(value, unsigned), type, out);
    }

    return unsigned ? CellWriters::unsigned : CellWriters::integer;
  }

  private static BigDecimal exactly(Object value, boolean unsigned) {
    long number = ((Number) value).longValue();
    return unsigned ? new BigDecimal(Long.toUnsignedString(number)) : BigDecimal.valueOf(number);
  }

  private static void integer(Object value, SqlBuffer out) {
    out.number(((Number) value).longValue());
  }

  private static void unsigned(Object value, SqlBuffer out) {
    NumberWriters.unsigned((Long) value, out);
  }

  private static void vector(Object value, SqlBuffer out) {
    out.raw("'[");
    char separator = 0;
    for (Object element : (List<?>) value) {
      if (separator != 0) {
        out.raw(separator);
      }

      out.raw(element.toString());
      separator = ',';
    }

    out.raw("]'");
  }

  static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }

    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }

  private CellWriters() {}
}
