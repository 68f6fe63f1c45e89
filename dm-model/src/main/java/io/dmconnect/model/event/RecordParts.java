package io.dmconnect.model.event;

import io.dmconnect.model.error.DmException;
import io.dmconnect.model.error.ModelError;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * Reads members by name from what converters deliver: a {@link Struct} with a schema, a {@link Map}
 * without. For parts that are read seldom; rows go through {@link RowColumns}.
 */
public final class RecordParts {

  /**
   * The member of that name.
   *
   * @param part a struct, a map or null
   * @return its value; null when the part is null, has no such member, or the member is null
   * @throws DmException when the part is neither a struct nor a map
   */
  public static Object get(Object part, String name) {
    if (part instanceof Struct struct) {
      Field field = struct.schema().field(name);
      return field == null ? null : struct.get(field);
    }

    if (part instanceof Map<?, ?> map) {
      return map.get(name);
    }

    if (part == null) {
      return null;
    }

    throw new DmException(
        ModelError.NOT_AN_EVENT,
        "Expected a struct or a map with '" + name + "', not " + part.getClass().getName());
  }

  /** The text of that name; null when there is none. */
  public static String text(Object part, String name) {
    Object value = get(part, name);
    return value == null ? null : value.toString();
  }

  /** The number of that name; the fallback when there is none. */
  public static long number(Object part, String name, long fallback) {
    return get(part, name) instanceof Number number ? number.longValue() : fallback;
  }

  /** Whether the member of that name is there and true. */
  public static boolean flag(Object part, String name) {
    return Boolean.TRUE.equals(get(part, name));
  }

  private RecordParts() {}
}
