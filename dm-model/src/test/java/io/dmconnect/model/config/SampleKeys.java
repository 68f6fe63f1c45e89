package io.dmconnect.model.config;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;

/** Definitions for tests. */
final class SampleKeys {
  /** The constants of {@code mode}. */
  enum Mode {
    FULL,
    ALL_OF_IT
  }

  static final EnumValues<Mode> MODES = EnumValues.of(Mode.class);

  static ConfigDef connector() {
    ConfigDef def = new ConfigDef();
    ConfigKeys.group(
        def,
        "Connection",
        ConfigKey.text("host").required().high().display("Host").doc("Where the server is."),
        ConfigKey.number("port", 1, 65535)
            .defaultsTo(3306)
            .medium()
            .display("Port")
            .doc("Its port."));
    return ConfigKeys.group(
        def,
        "Rules",
        ConfigKey.oneOf("mode", MODES)
            .defaultsTo(Mode.FULL)
            .low()
            .display("Mode")
            .doc("How much to do."),
        ConfigKey.list("rules").defaultsTo("").medium().display("Rules").doc("Names of rules."));
  }

  static AliasedRules rules() {
    return new AliasedRules(
        "rules",
        ConfigKeys.group(
            new ConfigDef(),
            "Rule",
            ConfigKey.text("schema-pattern").required().high().display("Schemas").doc("Schemas."),
            ConfigKey.text("target").optional().medium().display("Target").doc("The target."),
            ConfigKey.list("events").defaultsTo("").low().display("Events").doc("Events."),
            ConfigKey.flag("loud").defaultsTo(false).low().display("Loud").doc("Whether loud.")));
  }

  static Map<String, String> props(String... keysAndValues) {
    Map<String, String> props = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      props.put(keysAndValues[i], keysAndValues[i + 1]);
    }

    return props;
  }

  private SampleKeys() {}
}
