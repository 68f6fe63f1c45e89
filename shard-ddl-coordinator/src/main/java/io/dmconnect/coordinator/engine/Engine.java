package io.dmconnect.coordinator.engine;

import io.dmconnect.model.coordination.zk.CoordinationPaths;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.WatchedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a coordinator does while it leads: one thread watches the tree and brings every group on.
 * After any failure it reads everything anew, which repeats nothing.
 */
final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final String RELOAD = "";
  private static final long BACK_OFF_MILLIS = 500;
  private static final long IDLE_SECONDS = 2;

  /** Where the name of a group's folder is in {@code /dm/<task>/groups/<target>/<folder>}. */
  private static final int FOLDER = 5;

  private static final long CLOSE_MILLIS = 10_000;

  private final CuratorFramework curator;
  private final Clock clock;
  private final Consumer<AuditEntry> done;
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final Map<String, TaskEngine> tasks = new HashMap<>();
  private final NavigableMap<String, TaskSnapshot> latest = new TreeMap<>();
  private final PersistentWatcher watcher;
  private final Thread thread;
  private volatile NavigableMap<String, TaskSnapshot> snapshots = new TreeMap<>();
  private volatile boolean ready;
  private boolean loaded;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * An engine that has not been started.
   *
   * @param done told of operators' actions that were carried out, on the engine's thread
   */
  Engine(CuratorFramework curator, Clock clock, Consumer<AuditEntry> done) {
    this.curator = curator;
    this.clock = clock;
    this.done = done;
    this.watcher = new PersistentWatcher(curator, CoordinationPaths.ROOT, true);
    this.thread = new Thread(this::run, "dm-coordinator");
    thread.setDaemon(true);
  }

  void start() {
    watcher.getListenable().addListener(this::process);
    watcher.getResetListenable().addListener(() -> changes.add(RELOAD));
    watcher.start();
    thread.start();
  }

  /**
   * The tasks by name, as last stored; may be read from any thread. While everything is read anew
   * they are what they were before.
   */
  NavigableMap<String, TaskSnapshot> snapshots() {
    return Collections.unmodifiableNavigableMap(snapshots);
  }

  /** Whether every group has been read. */
  boolean isReady() {
    return ready;
  }

  private void process(WatchedEvent event) {
    String path = event.getPath();
    if (path != null && isInput(path)) {
      changes.add(path);
    }
  }

  /** Whether a node can be one that participants write; most events are the engine's own writes. */
  private static boolean isInput(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length < FOLDER || !parts[FOLDER - 2].equals("groups")) {
      return parts.length < FOLDER - 1
          || !(parts[FOLDER - 2].equals("status") || parts[FOLDER - 2].equals("audit"));
    }

    return parts.length == FOLDER
        || switch (parts[FOLDER]) {
          case "requests", "reports", "commands", "found" -> true;
          default -> false;
        };
  }

  private void run() {
    try {
      awaitWatch();
    } catch (InterruptedException e) {
      return;
    }

    while (closed.getCount() > 0) {
      try {
        lead();
      } catch (InterruptedException e) {
        LOG.debug("The engine ends");
        return;
      } catch (Exception e) {
        LOG.warn("Reading everything anew after: {}", e.toString(), e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  /** What is read before the watch is set could change unseen. */
  private void awaitWatch() throws InterruptedException {
    String change = changes.take();
    while (!change.equals(RELOAD)) {
      change = changes.take();
    }
  }

  /** Lets some time go by; false when the engine was closed meanwhile. */
  private boolean pause() {
    try {
      return !closed.await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void lead() throws Exception {
    changes.clear();
    load();
    show();
    ready = true;
    while (true) {
      Set<String> batch = take();
      if (batch.contains(RELOAD)) {
        return;
      }

      Map<String, Set<String>> byTask = new HashMap<>();
      batch.forEach(
          path -> {
            String task = task(path);
            if (task != null) {
              byTask.computeIfAbsent(task, name -> new HashSet<>()).add(path);
            }
          });
      for (Map.Entry<String, Set<String>> entry : byTask.entrySet()) {
        TaskEngine task = tasks.get(entry.getKey());
        if (task == null) {
          load(entry.getKey());
        } else {
          task.changed(entry.getValue());
        }
      }

      for (TaskEngine task : tasks.values()) {
        task.tryAgain();
        task.checkAgain();
      }
    }
  }

  private void load() throws Exception {
    curator.sync().forPath(CoordinationPaths.ROOT);
    tasks.clear();
    latest.clear();
    loaded = false;
    for (String name : curator.getChildren().forPath(CoordinationPaths.ROOT)) {
      if (isTask(name)) {
        load(name);
      }
    }
  }

  private void load(String name) throws Exception {
    TaskEngine task =
        new TaskEngine(curator, new CoordinationPaths(name), clock, this::publish, done);
    task.load();
    tasks.put(name, task);
  }

  private void publish(TaskSnapshot snapshot) {
    latest.put(snapshot.task(), snapshot);
    if (loaded) {
      show();
    }
  }

  private void show() {
    loaded = true;
    snapshots = new TreeMap<>(latest);
  }

  /** What changed; nothing when nothing did for a while. */
  private Set<String> take() throws InterruptedException {
    Set<String> batch = new HashSet<>();
    String first = changes.poll(IDLE_SECONDS, TimeUnit.SECONDS);
    if (first != null) {
      batch.add(first);
      changes.drainTo(batch);
    }

    return batch;
  }

  /** The task of a path below the root; null for the root itself and the leader latch. */
  private static String task(String path) {
    String[] parts = path.split("/", -1);
    return parts.length > 2 && isTask(parts[2]) ? parts[2] : null;
  }

  private static boolean isTask(String name) {
    try {
      CoordinationPaths.checkTask(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    watcher.close();
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
