package io.dmconnect.local.process;

import java.time.Duration;

/**
 * What runs for a server of a stack: a process or a container. Methods may be called from any
 * thread.
 */
public interface Child {
  /** Whether it runs; a frozen one does. */
  boolean alive();

  /** The exit status of one that has ended; 128 + n after signal n. */
  int exitStatus();

  /** The process id of the program itself on the machine that runs it. */
  long pid();

  /** The last lines it printed, for error messages. */
  String logTail(int lines);

  /** Asks it to end ({@code SIGTERM}), kills it after {@code limit}, waits for its end. */
  void stop(Duration limit);

  /** Kills it ({@code SIGKILL}) and waits for its end. */
  void kill9();

  /** Freezes it: its connections stay open and nothing answers. */
  void freeze();

  /** Lets a frozen one go on. */
  void thaw();
}
