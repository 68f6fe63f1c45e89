package io.dmconnect.local.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program to run as a child process.
 *
 * @param name names the process and its log file; unique within a {@link Workspace}
 * @param arguments the program and its arguments
 * @param environment variables added to this process's own
 * @param orphanCommand a shell command run when this JVM has died without stopping the child,
 *     beside killing it; empty for none
 */
public record Command(
    String name, List<String> arguments, Map<String, String> environment, String orphanCommand) {

  /** Copies the collections. */
  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A program with this process's own environment. */
  public static Command of(String name, List<String> arguments) {
    return new Command(name, arguments, Map.of(), "");
  }

  /**
   * A Java program on the running JDK, with the serial collector.
   *
   * @param options JVM options, class path and system properties
   * @param mainAndArguments the main class (or {@code -jar file}) and its arguments
   */
  public static Command java(String name, List<String> options, List<String> mainAndArguments) {
    String java = System.getProperty("java.home") + "/bin/java";
    List<String> line =
        new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    return of(name, Stream.of(line, options, mainAndArguments).flatMap(List::stream).toList());
  }

  /** The same program with variables added. */
  public Command withEnvironment(Map<String, String> added) {
    return new Command(name, arguments, added, orphanCommand);
  }

  /** The same program with a clean-up for the death of this JVM. */
  public Command withOrphanCommand(String command) {
    return new Command(name, arguments, environment, command);
  }
}
