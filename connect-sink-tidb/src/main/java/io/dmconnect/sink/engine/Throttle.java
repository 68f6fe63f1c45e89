package io.dmconnect.sink.engine;

/**
 * Whether a lane takes no more records until half of what is on its way is written. Used by the
 * task's thread only.
 */
final class Throttle {
  private final Backlog backlog;
  private boolean on;

  Throttle(Backlog backlog) {
    this.backlog = backlog;
  }

  boolean isOn() {
    return on;
  }

  /** Looks at the backlog; true when it is on or off since this call. */
  boolean changes() {
    boolean now = on ? !backlog.isLow() : backlog.isFull();
    boolean changed = now != on;
    on = now;
    return changed;
  }
}
