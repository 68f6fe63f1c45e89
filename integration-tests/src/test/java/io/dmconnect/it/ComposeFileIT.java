package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml}, as Compose itself reads it; needs Compose but no Docker engine. */
class ComposeFileIT {
  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  /** What a command printed, and its exit code. */
  private record Result(int code, String output) {}

  @Test
  void compose_accepts_the_file() throws Exception {
    List<String> compose = compose();
    assumeThat(compose).as("Docker Compose on this machine").isNotEmpty();
    List<String> config = new ArrayList<>(compose);
    config.addAll(List.of("-f", HOME.resolve("docker-compose.yml").toString(), "config"));

    Result result = run(config);

    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).contains("kafka:", "connect:", "tidb:", "zookeeper:");
  }

  private static List<String> compose() throws InterruptedException {
    for (List<String> command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
      List<String> version = new ArrayList<>(command);
      version.add("version");
      try {
        if (run(version).code() == 0) {
          return command;
        }
      } catch (IOException e) {
        // not on this machine
      }
    }
    return List.of();
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
