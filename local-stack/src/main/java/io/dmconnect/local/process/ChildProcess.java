package io.dmconnect.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running child process that never outlives this JVM.
 *
 * <p>The shell that becomes the program leaves a guard behind, which blocks on a pipe from this
 * JVM. When the JVM dies, even by {@code kill -9}, the pipe closes and the guard kills the program.
 * Ctrl-C is ignored by the child, so that this JVM decides in which order things stop. Methods may
 * be called from any thread.
 */
public final class ChildProcess implements Child {
  // The guard's own parent (field 4 of its stat line, proc(5)) tells whether the program still
  // lives,
  // so that a process id used again by someone else is never killed.
  private static final String GUARDED_START =
      """
      exec 3<&0 </dev/null
      orphaned=$1; shift
      trap '' INT
      ( trap '' TERM HUP
        read -r _ <&3
        read -r _ _ _ parent _ </proc/self/stat
        [ "$parent" != "$$" ] && exit 0
        kill -9 "$$"
        [ -z "$orphaned" ] || eval "$orphaned" ) &
      exec "$@" 3<&-
      """;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program; its standard output and error are appended to {@code log}.
   *
   * @throws UncheckedIOException when the program cannot be started
   */
  static ChildProcess start(Command command, Path directory, Path log) {
    List<String> line = new ArrayList<>(List.of("sh", "-c", GUARDED_START, command.name()));
    line.add(command.orphanCommand());
    line.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(command.environment());
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new ChildProcess(command.name(), builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.name() + ": " + line, e);
    }
  }

  /** The name given at the start. */
  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public int exitStatus() {
    return process.exitValue();
  }

  /** The file with everything the program printed. */
  public Path log() {
    return log;
  }

  @Override
  public String logTail(int lines) {
    try {
      List<String> all = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Waits for the program to end by itself, and returns whether it did within {@code limit}. */
  public boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(Await.scaled(limit).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void stop(Duration limit) {
    process.destroy();
    if (!awaitExit(limit)) {
      kill9();
    }
  }

  @Override
  public void kill9() {
    kill();
    awaitExit(Duration.ofSeconds(10));
  }

  /** Kills the program without waiting for its end. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void freeze() {
    signal("STOP");
  }

  @Override
  public void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    Programs.run(List.of("kill", "-" + signal, Long.toString(pid())), Duration.ofSeconds(5));
  }
}
