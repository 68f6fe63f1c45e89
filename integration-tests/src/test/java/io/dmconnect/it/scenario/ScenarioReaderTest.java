package io.dmconnect.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScenarioReaderTest {
  private static final String TITLED = "title: a\ndm: b\nours: c\nsteps: []\n";

  @Test
  void oneModeNeedsItsReason() {
    assertThat(read("modes: [pessimistic]\none-mode: why\n").oneMode()).isEqualTo("why");
    assertThatThrownBy(() -> read("modes: [optimistic]\n"))
        .hasMessageContaining("6.9/001")
        .hasMessageContaining("no one-mode says why");
  }

  @Test
  void bothModesNeedNone() {
    assertThat(read("modes: [optimistic, pessimistic]\n").oneMode()).isNull();
    assertThatThrownBy(() -> read("modes: [optimistic, pessimistic]\none-mode: why\n"))
        .hasMessageContaining("leaves out neither");
  }

  @Test
  void theStrictModeNeedsNone() {
    assertThat(read("modes: [strict]\n").oneMode()).isNull();
  }

  private static Scenario read(String modes) {
    return ScenarioReader.read("6.9/001", 1, TITLED + modes);
  }
}
