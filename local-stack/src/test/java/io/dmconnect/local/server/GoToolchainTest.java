package io.dmconnect.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoToolchainTest {
  @ParameterizedTest
  @CsvSource({
    "go version go1.19.8 linux/amd64,19",
    "go version go1.24rc1 linux/arm64,24",
    "go: not a version,0",
    "'',0"
  })
  void readsTheVersion(String printed, int minor) {
    assertThat(GoToolchain.minor(printed)).isEqualTo(minor);
  }

  @Test
  void downloadsTheVersionThatTiDbNames() throws IOException {
    try (InputStream in = TiDbSource.class.getResourceAsStream("tidb-server/go.mod")) {
      String module = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(module.lines()).contains("go " + GoToolchain.VERSION);
    }
  }
}
