package io.dmconnect.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the documentation of Kafka's image. */
class KafkaContainerTest {
  @ParameterizedTest
  @CsvSource({
    "abc.def, KAFKA_ABC_DEF",
    "abc-def, KAFKA_ABC___DEF",
    "abc_def, KAFKA_ABC__DEF",
    "log.dirs, KAFKA_LOG_DIRS"
  })
  void namesASettingsVariableAsTheImageReadsIt(String setting, String variable) {
    assertThat(KafkaContainer.variable(setting)).isEqualTo(variable);
  }
}
