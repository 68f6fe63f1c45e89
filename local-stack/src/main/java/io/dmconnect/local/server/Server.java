package io.dmconnect.local.server;

import io.dmconnect.local.process.Await;
import io.dmconnect.local.process.Child;
import io.dmconnect.local.process.Workspace;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The life cycle that all servers share: started until it answers its own protocol, stopped, killed
 * and started again on the same port and data.
 *
 * <p>Threads: servers may be started side by side by different threads; one server is handled by
 * one thread at a time.
 */
public abstract class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int TAIL_LINES = 25;

  private final Workspace workspace;
  private final String name;
  private volatile Child child;

  /**
   * A server that has not been started.
   *
   * @param name unique within the workspace; names its folder and log
   */
  protected Server(Workspace workspace, String name) {
    this.workspace = workspace;
    this.name = name;
  }

  /** The server's name in messages, folders and logs. */
  public final String name() {
    return name;
  }

  /** What a person or client uses to reach the server. */
  public abstract String url();

  /**
   * Fetches the server's software and makes its data folder when they are missing. Every start does
   * it first; called alone it fills the cache for later.
   */
  public abstract void prepare();

  /** Runs the server's program, which is not running. */
  protected abstract Child run();

  /** Asks the server, by its own protocol, whether it serves; an exception means "not yet". */
  protected abstract boolean ready() throws Exception;

  /**
   * Starts the server and waits until it serves. A server that runs is left as it is.
   *
   * @throws ServerException with the end of the log when it does not come up; logs are then kept
   */
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts the process without waiting for it; see {@link #awaitReady()}. */
  public void launch() {
    if (!running()) {
      prepare();
      child = run();
    }
  }

  /** Waits until a launched server serves; fails as {@link #start()}. */
  public void awaitReady() {
    try {
      Await.until(name + " to serve", START_LIMIT, this::ready, this::death);
    } catch (Await.AwaitException e) {
      workspace.keepLogs();
      throw new ServerException(e.getMessage() + "\n" + describeLog(), e);
    }
  }

  /** Whether the process runs. */
  public boolean running() {
    return child != null && child.alive();
  }

  /** Ends the server in its own orderly way. A stopped server may be started again. */
  public void stop() {
    if (running()) {
      child.stop(STOP_LIMIT);
    }
  }

  /** Kills the server ({@code SIGKILL}). It may be started again and then recovers by itself. */
  public void kill9() {
    child().kill9();
  }

  /** Freezes the server: connections stay open, nothing answers. */
  public void freeze() {
    child().freeze();
  }

  /** Lets a frozen server go on. */
  public void thaw() {
    child().thaw();
  }

  /** The id of the server's process. */
  public long pid() {
    return child().pid();
  }

  /** Everything the server has printed since its first start. */
  public Path log() {
    return workspace.log(name);
  }

  @Override
  public void close() {
    stop();
  }

  /** The workspace the server lives in. */
  protected final Workspace workspace() {
    return workspace;
  }

  /** The server's own folder. */
  protected final Path folder() {
    return workspace.folder(name);
  }

  private Child child() {
    if (child == null) {
      throw new IllegalStateException(name + " has not been started");
    }
    return child;
  }

  private String death() {
    return child == null || child.alive()
        ? null
        : "its process ended with status " + child.exitStatus();
  }

  private String describeLog() {
    return child == null ? "" : "End of " + log() + ":\n" + child.logTail(TAIL_LINES);
  }
}
