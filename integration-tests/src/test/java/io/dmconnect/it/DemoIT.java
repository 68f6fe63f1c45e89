package io.dmconnect.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo, as a user starts it, on few rows; only in the profile of its name. */
@EnabledIfSystemProperty(named = "dm.demo", matches = "true")
class DemoIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "optimistic, ./dm shard-ddl-lock unlock",
    "pessimistic, It waits for the other shards",
  })
  void endsWithEqualChecksumsAndShowsShardsThatWait(String mode, String shown) throws Exception {
    Path output = folder.resolve("output");
    Process demo =
        new ProcessBuilder(HOME.resolve("dm").toString(), "demo", "--rows=2000", "--mode=" + mode)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      demo.destroy();
    }

    assertThat(read(output)).contains("kill -9 of", shown);
    assertThat(demo.exitValue()).as(read(output)).isZero();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
