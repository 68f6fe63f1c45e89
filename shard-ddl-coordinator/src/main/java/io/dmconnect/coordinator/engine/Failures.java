package io.dmconnect.coordinator.engine;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.zk.CoordinationConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.KeeperException;

/**
 * The groups of a task that failed, each tried again by itself, ever less often. Not thread-safe.
 */
final class Failures {
  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 10_000;

  private final Clock clock;
  private final Map<TableId, Failure> failures = new HashMap<>();

  private record Failure(long atMillis, long pauseMillis) {}

  Failures(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether an error is about more than the group it came up at: ZooKeeper is away, or another
   * coordinator has stored a state. Everything is to be read anew then.
   */
  static boolean concernsAll(Exception error) {
    return CoordinationConnection.isRetriable(error)
        || error instanceof KeeperException.BadVersionException
        || !(error instanceof RuntimeException || error instanceof KeeperException);
  }

  void failed(TableId target) {
    Failure before = failures.get(target);
    long pause = before == null ? FIRST_MILLIS : Math.min(MOST_MILLIS, 2 * before.pauseMillis());
    failures.put(target, new Failure(clock.millis(), pause));
  }

  void succeeded(TableId target) {
    failures.remove(target);
  }

  /** Those that have waited long enough. */
  List<TableId> due() {
    long now = clock.millis();
    List<TableId> due = new ArrayList<>();
    failures.forEach(
        (target, failure) -> {
          if (now - failure.atMillis() >= failure.pauseMillis()) {
            due.add(target);
          }
        });
    return due;
  }
}
