package io.dmconnect.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ScenarioPageTest {

  @Test
  void thePageShowsEveryScenario() throws IOException {
    assertThat(Files.readString(ScenarioPage.PAGE))
        .as("run ScenarioPage.main in integration-tests/ after a change of scenarios")
        .isEqualTo(ScenarioPage.expected());
  }
}
