package io.dmconnect.local.container;

import io.dmconnect.local.process.Command;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes a container when the JVM that started it was killed. A child process that does nothing is
 * watched like all others ({@link io.dmconnect.local.process.ChildProcess}); its orphan command is
 * this program. So no image of a reaper is needed.
 */
public final class ContainerGuard {
  private ContainerGuard() {}

  /** The process that guards a container of this name. */
  static Command of(String name, String containerName) {
    List<String> removal =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ContainerGuard.class.getName(),
            containerName);
    return Command.of(name + "-guard", List.of("tail", "-f", "/dev/null"))
        .withOrphanCommand(shell(removal));
  }

  /** A line of a shell script that runs exactly these arguments. */
  static String shell(List<String> line) {
    return line.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /** Removes the containers that the arguments name. */
  public static void main(String[] names) {
    Stream.of(names).forEach(Engine::remove);
    System.exit(0);
  }
}
