package io.dmconnect.model.coordination.zk;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes steps in the order they came, and tries a step again until ZooKeeper
 * answers. A step that waits is replaced by a later one of the same key. Every method may be called
 * from any thread and returns at once, but {@link #close}.
 */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long FIRST_BACK_OFF_MILLIS = 100;
  private static final long LAST_BACK_OFF_MILLIS = 5_000;
  private static final long CLOSE_MILLIS = 10_000;

  /** Something to do that may be tried again. */
  interface Step {
    /** Does it; an error that {@link CoordinationConnection#isRetriable} has it done again. */
    void run() throws Exception;

    /** It failed for good; an error of this method is logged and passed over. */
    void failed(Exception error);
  }

  private final Map<Object, Step> steps = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closed;
  private boolean hurried;

  Worker(String name) {
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Adds a step; ignored after {@link #close}. */
  synchronized void submit(Object key, Step step) {
    if (!closed) {
      steps.put(key, step);
      notifyAll();
    }
  }

  /** Ends the pause after a failure: the connection is back. */
  synchronized void hurry() {
    hurried = true;
    notifyAll();
  }

  private void work() {
    long backOff = FIRST_BACK_OFF_MILLIS;
    try {
      while (true) {
        Map.Entry<Object, Step> next = next();
        if (next == null) {
          return;
        }

        boolean again = attempt(next);
        if (again) {
          pause(backOff);
        }

        backOff = again ? Math.min(LAST_BACK_OFF_MILLIS, backOff * 2) : FIRST_BACK_OFF_MILLIS;
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", thread.getName());
    }
  }

  private synchronized Map.Entry<Object, Step> next() throws InterruptedException {
    while (steps.isEmpty() && !closed) {
      wait();
    }

    if (closed) {
      return null;
    }

    Iterator<Map.Entry<Object, Step>> first = steps.entrySet().iterator();
    Map.Entry<Object, Step> next =
        Map.entry(first.next().getKey(), steps.values().iterator().next());
    first.remove();
    hurried = false;
    return next;
  }

  /** Whether the step has to be tried again. */
  private boolean attempt(Map.Entry<Object, Step> next) throws InterruptedException {
    Step step = next.getValue();
    try {
      step.run();
      return false;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      if (!(e instanceof Exception known) || !CoordinationConnection.isRetriable(known)) {
        failed(step, e);
        return false;
      }

      LOG.info("ZooKeeper does not answer, trying again: {}", e.toString());
      putBack(next);
      return true;
    }
  }

  /** Whatever a step throws, the steps of others go on. */
  private static void failed(Step step, Throwable error) {
    try {
      step.failed(
          error instanceof Exception known
              ? known
              : new IllegalStateException("A step of the coordination client broke", error));
    } catch (Throwable e) {
      if (e != error) {
        e.addSuppressed(error);
      }

      LOG.error("A step of the coordination client failed, and so did telling of it", e);
    }
  }

  private synchronized void putBack(Map.Entry<Object, Step> step) {
    Map<Object, Step> waiting = new LinkedHashMap<>(steps);
    steps.clear();
    steps.put(step.getKey(), waiting.getOrDefault(step.getKey(), step.getValue()));
    waiting.forEach(steps::putIfAbsent);
  }

  private synchronized void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!closed && !hurried && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Drops what waits and ends the thread. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      steps.clear();
      notifyAll();
    }

    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
