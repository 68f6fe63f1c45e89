package io.dmconnect.model.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The values of a key that takes one of an enum's constants: its validator and its recommender. A
 * constant is written in lower case; upper case is accepted.
 *
 * @param <E> the enum
 */
public final class EnumValues<E extends Enum<E>>
    implements ConfigDef.Validator, ConfigDef.Recommender {
  private final Class<E> type;
  private final List<String> names;

  /** All constants of an enum. */
  public static <E extends Enum<E>> EnumValues<E> of(Class<E> type) {
    return new EnumValues<>(type);
  }

  private EnumValues(Class<E> type) {
    this.type = type;
    this.names = Arrays.stream(type.getEnumConstants()).map(EnumValues::name).toList();
  }

  /** How a constant is written. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constant of a valid value. */
  public E parse(String value) {
    return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
  }

  @Override
  public void ensureValid(String key, Object value) {
    if (value != null && !names.contains(value.toString().toLowerCase(Locale.ROOT))) {
      throw new ConfigException(key, value, "Must be one of " + String.join(", ", names));
    }
  }

  @Override
  public List<Object> validValues(String key, Map<String, Object> parsedConfig) {
    return List.copyOf(names);
  }

  @Override
  public boolean visible(String key, Map<String, Object> parsedConfig) {
    return true;
  }

  @Override
  public String toString() {
    return "one of " + String.join(", ", names);
  }
}
