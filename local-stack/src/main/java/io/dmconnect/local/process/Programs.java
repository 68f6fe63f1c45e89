package io.dmconnect.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs small helper programs to their end. */
public final class Programs {
  private Programs() {}

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output its standard output and error
   */
  public record Result(int status, String output) {
    /** Whether the exit status was 0. */
    public boolean ok() {
      return status == 0;
    }
  }

  /** Runs a program in this process's folder and environment; see the longer form. */
  public static Result run(List<String> line, Duration limit) {
    return run(line, Path.of("."), Map.of(), limit);
  }

  /**
   * Runs a program and waits for its end.
   *
   * @param limit the program is killed after this time
   * @throws UncheckedIOException when it cannot be started
   * @throws IllegalStateException when its time is up
   */
  public static Result run(
      List<String> line, Path directory, Map<String, String> environment, Duration limit) {
    Path output = null;
    try {
      output = Files.createTempFile("dm-connect-", ".out");
      ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
      builder.environment().putAll(environment);
      builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
      Process process = builder.redirectOutput(output.toFile()).start();
      boolean ended = false;
      try {
        ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      if (!ended) {
        throw new IllegalStateException(
            "No end after " + limit.toSeconds() + " s: " + String.join(" ", line) + "\n" + text);
      }
      return new Result(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + String.join(" ", line), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + String.join(" ", line), e);
    } finally {
      deleteQuietly(output);
    }
  }

  /**
   * Runs a program that must succeed and returns its output.
   *
   * @throws IllegalStateException with the program's output when its exit status is not 0
   */
  public static String require(
      List<String> line, Path directory, Map<String, String> environment, Duration limit) {
    Result result = run(line, directory, environment, limit);
    if (!result.ok()) {
      throw new IllegalStateException(
          "Exit status "
              + result.status()
              + " of "
              + String.join(" ", line)
              + "\n"
              + result.output());
    }
    return result.output();
  }

  /** Finds a program on the PATH or in one of {@code more} folders. */
  public static Optional<Path> find(String program, String... more) {
    return all(program, more).stream().findFirst();
  }

  /** All programs of a name, those on the PATH first, then those in {@code more} folders. */
  public static List<Path> all(String program, String... more) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of(more))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .toList();
  }

  private static void deleteQuietly(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
