package io.dmconnect.local.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.dmconnect.local.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerGuardTest {
  @Test
  void aShellReadsTheVeryArguments() {
    List<String> line = List.of("printf", "%s|", "it's", "/a b/*", "$HOME", "\\", "");

    String printed =
        Programs.require(
            List.of("sh", "-c", ContainerGuard.shell(line)),
            Path.of("."),
            Map.of(),
            Duration.ofSeconds(20));

    assertThat(printed).isEqualTo("it's|/a b/*|$HOME|\\||");
  }
}
