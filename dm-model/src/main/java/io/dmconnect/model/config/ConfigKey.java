package io.dmconnect.model.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * One configuration key, stated in words and defined with {@link ConfigKeys#group}. Every key has a
 * type, a default or {@link #required}, an importance, a display name and a description; numbers
 * have a range. Not thread-safe.
 */
public final class ConfigKey {
  private final String name;
  private final ConfigDef.Type type;
  private Object defaultValue = ConfigDef.NO_DEFAULT_VALUE;
  private boolean defaultStated;
  private ConfigDef.Validator validator;
  private ConfigDef.Recommender recommender;
  private Importance importance;
  private Width width = Width.MEDIUM;
  private String displayName;
  private String doc;
  private List<String> dependents = List.of();

  /** A key that takes text. */
  public static ConfigKey text(String name) {
    return new ConfigKey(name, ConfigDef.Type.STRING);
  }

  /** A key whose value is shown nowhere. */
  public static ConfigKey secret(String name) {
    return new ConfigKey(name, ConfigDef.Type.PASSWORD);
  }

  /** A key that takes true or false. */
  public static ConfigKey flag(String name) {
    return new ConfigKey(name, ConfigDef.Type.BOOLEAN).width(Width.SHORT);
  }

  /** A key that takes a list, separated by commas, of distinct entries. */
  public static ConfigKey list(String name) {
    return new ConfigKey(name, ConfigDef.Type.LIST)
        .validator(Validators.distinctEntries())
        .width(Width.LONG);
  }

  /** A key that takes an int from min to max. */
  public static ConfigKey number(String name, int min, int max) {
    return new ConfigKey(name, ConfigDef.Type.INT)
        .validator(ConfigDef.Range.between(min, max))
        .width(Width.SHORT);
  }

  /** A key that takes a long from min to max. */
  public static ConfigKey longNumber(String name, long min, long max) {
    return new ConfigKey(name, ConfigDef.Type.LONG)
        .validator(ConfigDef.Range.between(min, max))
        .width(Width.SHORT);
  }

  /** A key that takes one of an enum's constants. */
  public static <E extends Enum<E>> ConfigKey oneOf(String name, EnumValues<E> values) {
    return new ConfigKey(name, ConfigDef.Type.STRING)
        .validator(values)
        .recommender(values)
        .width(Width.SHORT);
  }

  private ConfigKey(String name, ConfigDef.Type type) {
    this.name = requireNonNull(name, "name is null");
    this.type = type;
  }

  /** The full key. */
  public String name() {
    return name;
  }

  /** The value must be stated; text must not be blank. */
  public ConfigKey required() {
    this.defaultValue = ConfigDef.NO_DEFAULT_VALUE;
    this.defaultStated = true;
    if (type == ConfigDef.Type.STRING && validator == null) {
      this.validator = Validators.notBlank();
    }

    return this;
  }

  /** The value is null unless stated. */
  public ConfigKey optional() {
    return defaultsTo((Object) null);
  }

  /** The value unless stated, of the key's type or as text. */
  public ConfigKey defaultsTo(Object value) {
    this.defaultValue = value;
    this.defaultStated = true;
    return this;
  }

  /** The constant unless stated, for keys made with {@link #oneOf}. */
  public ConfigKey defaultsTo(Enum<?> constant) {
    return defaultsTo((Object) EnumValues.name(constant));
  }

  /** What values are valid. */
  public ConfigKey validator(ConfigDef.Validator valid) {
    this.validator = valid;
    return this;
  }

  /** What values a form offers and when it shows the key. */
  public ConfigKey recommender(ConfigDef.Recommender recommends) {
    this.recommender = recommends;
    return this;
  }

  /** There is no workable default. */
  public ConfigKey high() {
    this.importance = Importance.HIGH;
    return this;
  }

  /** It shapes what comes out. */
  public ConfigKey medium() {
    this.importance = Importance.MEDIUM;
    return this;
  }

  /** It is for tuning. */
  public ConfigKey low() {
    this.importance = Importance.LOW;
    return this;
  }

  /** How wide a form shows it. */
  public ConfigKey width(Width wide) {
    this.width = wide;
    return this;
  }

  /** What a form calls it. */
  public ConfigKey display(String called) {
    this.displayName = called;
    return this;
  }

  /** The keys whose validity or visibility hangs on this one. */
  public ConfigKey dependents(String... keys) {
    this.dependents = List.of(keys);
    return this;
  }

  /** What it does, with units; whole sentences. */
  public ConfigKey doc(String text) {
    this.doc = text;
    return this;
  }

  void define(ConfigDef def, String group, int order) {
    check(defaultStated, "a default or required()");
    check(importance != null, "an importance");
    check(displayName != null, "a display name");
    check(doc != null && !doc.isBlank(), "a description");
    def.define(
        name,
        type,
        defaultValue,
        validator,
        importance,
        doc,
        group,
        order,
        width,
        displayName,
        dependents,
        recommender);
  }

  private void check(boolean stated, String what) {
    if (!stated) {
      throw new IllegalStateException("The key '" + name + "' lacks " + what);
    }
  }
}
