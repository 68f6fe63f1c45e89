package io.dmconnect.coordinator.engine;

import io.dmconnect.model.coordination.zk.CoordinationPaths;
import java.time.Clock;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This coordinator's part in the election: it runs an {@link Engine} while it leads. Two may
 * believe to lead for a moment; what they store is guarded by the groups' versions.
 */
final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final long CLOSE_SECONDS = 15;

  private final CuratorFramework curator;
  private final Clock clock;
  private final Consumer<AuditEntry> done;
  private final LeaderLatch latch;
  private final ExecutorService changes =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "dm-coordinator-leadership"));
  private volatile Engine engine;

  /**
   * A candidate that has not been started.
   *
   * @param url where clients reach this coordinator's REST API
   * @param done told of operators' actions that were carried out
   */
  Leadership(CuratorFramework curator, String url, Clock clock, Consumer<AuditEntry> done) {
    this.curator = curator;
    this.clock = clock;
    this.done = done;
    this.latch = new LeaderLatch(curator, CoordinationPaths.LEADER, url);
  }

  void start() throws Exception {
    latch.addListener(
        new LeaderLatchListener() {
          @Override
          public void isLeader() {
            lead();
          }

          @Override
          public void notLeader() {
            standBy();
          }
        },
        changes);
    latch.start();
  }

  boolean isLeader() {
    return engine != null;
  }

  /** Whether this one leads and has read every group. */
  boolean isReady() {
    Engine own = engine;
    return own != null && own.isReady();
  }

  /** The leader's URL; null when there is none at the moment. */
  String leaderUrl() throws Exception {
    String id = latch.getLeader().getId();
    return id.isEmpty() ? null : id;
  }

  /** The URLs of all coordinators. */
  List<String> candidates() throws Exception {
    return latch.getParticipants().stream().map(participant -> participant.getId()).toList();
  }

  /** The tasks by name; none while this coordinator does not lead. */
  NavigableMap<String, TaskSnapshot> snapshots() {
    Engine own = engine;
    return own == null ? new TreeMap<>() : own.snapshots();
  }

  private void lead() {
    standBy();
    LOG.info("This coordinator leads");
    Engine own = new Engine(curator, clock, done);
    engine = own;
    own.start();
  }

  private void standBy() {
    Engine own = engine;
    if (own != null) {
      LOG.info("This coordinator does not lead any more");
      engine = null;
      own.close();
    }
  }

  @Override
  public void close() throws Exception {
    latch.close();
    changes.execute(this::standBy);
    changes.shutdown();
    if (!changes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("The engine does not end");
    }
  }
}
