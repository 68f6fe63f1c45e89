package io.dmconnect.sink.literal;

import io.dmconnect.model.event.EventFields;
import io.dmconnect.sink.table.TargetColumn;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;

/**
 * Which values LOAD DATA stores as an INSERT does. LOAD DATA takes every field as text: that is the
 * same for text and for what is written as quoted text in SQL, too, and for numbers in columns of
 * numbers. It is not for bits, binary strings (whose literals are hexadecimal) and years (the text
 * {@code 0} is 2000, the number is 0000).
 */
public final class LoadableTypes {
  private static final Set<String> EXACT =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal");
  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
  private static final Set<String> TIMES = Set.of("datetime", "timestamp");

  /** The target's types for values that have a meaning of their own. */
  private static final Map<String, Set<String>> BY_MEANING =
      Map.of(
          Decimal.LOGICAL_NAME, Set.of("decimal"),
          EventFields.DATE, Set.of("date"),
          EventFields.TIMESTAMP, TIMES,
          EventFields.MICRO_TIMESTAMP, TIMES,
          EventFields.ZONED_TIMESTAMP, TIMES,
          EventFields.MICRO_TIME, Set.of("time"),
          EventFields.ENUM, Set.of("enum"),
          EventFields.ENUM_SET, Set.of("set"),
          EventFields.JSON, Set.of("json"));

  /** Whether values of that schema may be loaded into that column. */
  public static boolean allow(Schema schema, TargetColumn target) {
    String type = target.type();
    if (schema.name() != null) {
      return BY_MEANING.getOrDefault(schema.name(), Set.of()).contains(type);
    }

    return switch (schema.type()) {
      case INT8, INT16, INT32, INT64 -> EXACT.contains(type);
      case FLOAT32, FLOAT64 -> type.equals("float") || type.equals("double");
      case STRING -> isUnicodeText(target);
      default -> false;
    };
  }

  /** Whether the column is text that needs no conversion of characters. */
  public static boolean isUnicodeText(TargetColumn target) {
    return TEXTS.contains(target.type())
        && target.charset() != null
        && target.charset().startsWith("utf8");
  }

  private LoadableTypes() {}
}
