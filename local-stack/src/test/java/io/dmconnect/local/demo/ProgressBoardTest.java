package io.dmconnect.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {
  @Test
  void aBarIsMadeOfBlocksWhereTheyCanBeWritten() {
    assertThat(shown(StandardCharsets.UTF_8)).contains("█".repeat(12) + "░".repeat(12) + "   50%");
  }

  @Test
  void aBarIsMadeOfPlainCharactersElsewhere() {
    assertThat(shown(StandardCharsets.US_ASCII)).contains("############............   50%");
  }

  private static String shown(Charset charset) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, charset);
    new ProgressBoard(out, charset, false, 100)
        .show(Map.of("mysql-1.shop.t", new TopicProgress.Counts(10, 5)), 10_000, -1, 0);
    return written.toString(charset);
  }
}
