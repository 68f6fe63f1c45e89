package io.dmconnect.model.coordination.zk;

import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/** Waits for a connection that can be used, or for a login that is refused. */
final class ConnectWatch implements Watcher {
  private final boolean sasl;
  private State state = State.NONE;

  /** How far it came. */
  enum State {
    /** No connection. */
    NONE,
    /** Connected and, if wanted, logged in. */
    READY,
    /** The SASL login failed. */
    LOGIN_REFUSED
  }

  /** A watch of a connection with or without a SASL login. */
  ConnectWatch(boolean sasl) {
    this.sasl = sasl;
  }

  @Override
  public synchronized void process(WatchedEvent event) {
    switch (event.getState()) {
      case AuthFailed -> state = State.LOGIN_REFUSED;
      case SaslAuthenticated -> ready();
      case SyncConnected -> {
        if (!sasl) {
          ready();
        }
      }
      default -> {
        // Tried again.
      }
    }

    notifyAll();
  }

  private void ready() {
    if (state == State.NONE) {
      state = State.READY;
    }
  }

  /** Waits for so long at most. */
  synchronized State await(long time, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(time);
    long left = unit.toMillis(time);
    while (state == State.NONE && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    return state;
  }
}
