package io.dmconnect.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.ExitCode;

class MainTest {
  @Test
  void aMissingCommandIsAUsageError() {
    assertThat(Main.execute()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    assertThat(Main.execute("stack", "--no-such-option")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDemoWithoutRowsIsAUsageError() {
    assertThat(Main.execute("demo", "--rows", "0")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void helpIsNoError() {
    assertThat(Main.execute("stack", "--help")).isEqualTo(ExitCode.OK);
  }
}
