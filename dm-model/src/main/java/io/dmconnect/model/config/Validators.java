package io.dmconnect.model.config;

import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Validators that every Kafka version from 3.6 on takes. Null is valid for all of them. */
public final class Validators {

  /** Text that is not blank. */
  public static ConfigDef.Validator notBlank() {
    return text(
        "text that is not blank",
        value -> {
          if (value.isBlank()) {
            throw new IllegalArgumentException("must not be blank");
          }
        });
  }

  /** A list of distinct, non-blank entries; it may be empty. */
  public static ConfigDef.Validator distinctEntries() {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value instanceof List<?> list) {
            distinct(key, list);
          }
        },
        () -> "comma-separated list without duplicates");
  }

  /** A regular expression of {@link Pattern}. */
  public static ConfigDef.Validator regex() {
    return text("regular expression", Pattern::compile);
  }

  /**
   * Text that a parser takes.
   *
   * @param description what is valid, for the reference
   * @param parser throws {@link IllegalArgumentException} with what is wrong
   */
  public static ConfigDef.Validator text(String description, Consumer<String> parser) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> check(key, value, parser), () -> description);
  }

  /** A list whose every entry a parser takes; see {@link #text}. */
  public static ConfigDef.Validator entries(String description, Consumer<String> parser) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value instanceof List<?> list) {
            list.forEach(entry -> check(key, entry, parser));
          }
        },
        () -> description);
  }

  private static void check(String key, Object value, Consumer<String> parser) {
    if (value == null) {
      return;
    }

    try {
      parser.accept(value.toString());
    } catch (PatternSyntaxException e) {
      throw new ConfigException(key, value, "It is not a regular expression: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, "It " + e.getMessage());
    }
  }

  private static void distinct(String key, List<?> list) {
    HashSet<Object> seen = new HashSet<>();
    for (Object entry : list) {
      if (entry.toString().isBlank()) {
        throw new ConfigException(key, list, "It has an empty entry");
      }

      if (!seen.add(entry)) {
        throw new ConfigException(key, list, "'" + entry + "' is there twice");
      }
    }
  }

  private Validators() {}
}
