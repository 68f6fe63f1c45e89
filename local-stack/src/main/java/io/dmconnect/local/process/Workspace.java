package io.dmconnect.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with the data and logs of one stack, and the child processes that use it.
 *
 * <p>{@link #close()} kills the children, newest first, and deletes the folder; after {@link
 * #keepLogs()}, and with the system property {@value #KEEP_LOGS}, the logs stay. The same happens
 * when the JVM ends. Folders of JVMs that were killed are deleted by the next workspace.
 * Thread-safe.
 */
public final class Workspace implements AutoCloseable {
  /** The system property that keeps the logs of all workspaces that are closed while it is true. */
  public static final String KEEP_LOGS = "dm.keep-logs";

  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
  private static final String LOGS = "logs";

  private final Path root;
  private final Ports ports = new Ports();
  private final Deque<ChildProcess> children = new ArrayDeque<>();
  private final Deque<Runnable> removals = new ArrayDeque<>();
  private final Thread atExit = new Thread(this::release, "workspace-exit");
  private boolean keepLogs;
  private boolean closed;

  private Workspace(Path root) {
    this.root = root;
  }

  /** Creates a workspace below the system's folder for temporary files. */
  public static Workspace create() {
    try {
      Path parent = Path.of(System.getProperty("java.io.tmpdir"), "dm-connect");
      Files.createDirectories(parent);
      deleteLeftovers(parent);
      String prefix = ProcessHandle.current().pid() + "-";
      Workspace workspace = new Workspace(Files.createTempDirectory(parent, prefix));
      Runtime.getRuntime().addShutdownHook(workspace.atExit);
      return workspace;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a folder for the stack", e);
    }
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** The ports of this stack. */
  public Ports ports() {
    return ports;
  }

  /** A folder of this name below the root, created when missing. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the folder " + name + " in " + root, e);
    }
  }

  /** Where a process of this name logs to. */
  public Path log(String name) {
    return folder(LOGS).resolve(name + ".log");
  }

  /**
   * Starts a program in its own folder {@code root/name}.
   *
   * @throws IllegalStateException when the workspace is closed
   */
  public ChildProcess start(Command command) {
    Path directory = folder(command.name());
    Path log = log(command.name());
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("The stack in " + root + " is closed");
      }
      ChildProcess child = ChildProcess.start(command, directory, log);
      children.removeIf(old -> !old.alive());
      children.push(child);
      return child;
    }
  }

  /**
   * Does something when the workspace is closed, before the children are killed; for what a server
   * has elsewhere than in its folder and its child process.
   *
   * @throws IllegalStateException when the workspace is closed
   */
  public synchronized void atClose(Runnable removal) {
    if (closed) {
      throw new IllegalStateException("The stack in " + root + " is closed");
    }
    removals.push(removal);
  }

  /** Keeps the logs after {@link #close()}, for someone who has a failure to explain. */
  public synchronized void keepLogs() {
    keepLogs = true;
  }

  /** Kills all children and deletes the folder. Calling it again does nothing. */
  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is ending already", e);
    }
  }

  private synchronized void release() {
    if (closed) {
      return;
    }
    closed = true;
    removals.forEach(Workspace::run);
    children.forEach(ChildProcess::kill);
    children.forEach(ChildProcess::kill9);
    children.clear();
    boolean keep = keepLogs || Boolean.getBoolean(KEEP_LOGS);
    if (keep) {
      LOG.warn("Logs are kept in {}", root.resolve(LOGS));
    }
    deleteAll(root, keep);
  }

  private static void run(Runnable removal) {
    try {
      removal.run();
    } catch (RuntimeException e) {
      LOG.warn("Something of the stack is left behind", e);
    }
  }

  private static void deleteLeftovers(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      folders.filter(Workspace::isLeftover).forEach(folder -> deleteAll(folder, false));
    }
  }

  // A folder that holds nothing but logs was kept on purpose.
  private static boolean isLeftover(Path folder) {
    String owner = folder.getFileName().toString().replaceFirst("-.*", "");
    if (!owner.matches("\\d{1,10}") || isAlive(Long.parseLong(owner))) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(entry -> !entry.endsWith(LOGS));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isAlive(long pid) {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    return handle.isPresent() && handle.get().isAlive();
  }

  private static void deleteAll(Path folder, boolean exceptLogs) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (!(exceptLogs && entry.endsWith(LOGS))) {
          Folders.delete(entry);
        }
      }
      if (!exceptLogs) {
        Folders.delete(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Cannot delete {}", folder, e);
    }
  }
}
