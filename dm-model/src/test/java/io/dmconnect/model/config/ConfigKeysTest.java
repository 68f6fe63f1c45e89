package io.dmconnect.model.config;

import static io.dmconnect.model.config.SampleKeys.props;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dmconnect.model.config.SampleKeys.Mode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeysTest {

  @Test
  void definesEverythingAFormNeeds() {
    ConfigDef.ConfigKey key = SampleKeys.connector().configKeys().get("port");

    assertThat(key.type).isEqualTo(ConfigDef.Type.INT);
    assertThat(key.defaultValue).isEqualTo(3306);
    assertThat(key.validator).isNotNull();
    assertThat(key.importance).isEqualTo(ConfigDef.Importance.MEDIUM);
    assertThat(key.group).isEqualTo("Connection");
    assertThat(key.orderInGroup).isEqualTo(2);
    assertThat(key.width).isEqualTo(ConfigDef.Width.SHORT);
    assertThat(key.displayName).isEqualTo("Port");
    assertThat(key.documentation).isEqualTo("Its port.");
  }

  @Test
  void refusesAKeyThatLacksSomething() {
    ConfigKey undocumented = ConfigKey.text("host").required().high().display("Host");

    assertThatThrownBy(() -> ConfigKeys.group(new ConfigDef(), "Connection", undocumented))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'host' lacks a description");
  }

  @Test
  void refusesBlankTextWhereTextIsRequired() {
    assertThatThrownBy(() -> SampleKeys.connector().parse(Map.of("host", " ")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("host")
        .hasMessageContaining("must not be blank");
  }

  @ParameterizedTest
  @CsvSource({"full, FULL", "ALL_OF_IT, ALL_OF_IT", "all_of_it, ALL_OF_IT"})
  void takesConstantsInAnyCase(String value, Mode mode) {
    SampleKeys.MODES.ensureValid("mode", value);

    assertThat(SampleKeys.MODES.parse(value)).isEqualTo(mode);
  }

  @Test
  void offersTheConstantsItAccepts() {
    assertThat(SampleKeys.MODES.validValues("mode", Map.of())).containsExactly("full", "all_of_it");
    assertThatThrownBy(() -> SampleKeys.MODES.ensureValid("mode", "some"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("one of full, all_of_it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,a", "a,,b"})
  void refusesListsWithEmptyOrDoubleEntries(String list) {
    assertThatThrownBy(() -> SampleKeys.connector().parse(Map.of("host", "h", "rules", list)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("rules");
  }

  @ParameterizedTest
  @CsvSource({
    "snapshot.mod, 'Unknown key, did you mean ''snapshot.mode''?'",
    "snapshot.fetch, Unknown key",
  })
  void namesTheNearestKnownKey(String key, String message) {
    assertThat(
            ConfigKeys.unknown(
                props(key, "x", "snapshot.mode", "x", "producer.override.acks", "all"),
                List.of("snapshot.mode", "topic.prefix"),
                List.of("snapshot.", "topic.")))
        .containsExactly(new ConfigProblem(key, message));
  }

  @Test
  void addsProblemsToTheirValues() {
    List<ConfigValue> values = SampleKeys.connector().validate(Map.of("host", "h"));
    List<ConfigValue> all =
        ConfigProblem.addTo(
            values, List.of(new ConfigProblem("host", "no"), new ConfigProblem("odd", "who")));

    assertThat(all).hasSize(values.size() + 1);
    assertThat(all)
        .filteredOn(value -> !value.errorMessages().isEmpty())
        .extracting(value -> value.name() + ": " + value.errorMessages().get(0))
        .containsExactly("host: no", "odd: who");
  }
}
