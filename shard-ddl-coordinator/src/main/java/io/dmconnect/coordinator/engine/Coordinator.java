package io.dmconnect.coordinator.engine;

import io.dmconnect.coordinator.store.BulkReader;
import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.ActionJson;
import io.dmconnect.model.coordination.OperatorAction;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.StatusJson;
import io.dmconnect.model.coordination.zk.CoordinationConnection;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.Nodes;
import io.dmconnect.model.coordination.zk.Records;
import io.dmconnect.model.coordination.zk.ZooKeeperSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A coordinator without its network side: connection, leadership, and what an API asks of it. */
public final class Coordinator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
  private static final long ACTION_SECONDS = 15;
  private static final int START_ATTEMPTS = 6;

  private final CoordinationConnection connection;
  private final Leadership leadership;
  private final String url;
  private final Clock clock;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, CompletableFuture<AuditEntry>> waiting = new ConcurrentHashMap<>();

  /**
   * Connects and takes part in the election; returns once ZooKeeper has answered.
   *
   * @param url where clients reach this coordinator's REST API
   * @throws Exception when ZooKeeper does not answer, asked several times, or has another layout
   */
  public static Coordinator start(ZooKeeperSettings settings, String url, Clock clock)
      throws Exception {
    CoordinationConnection connection = CoordinationConnection.open(settings);
    try {
      checkLayout(connection);
      Coordinator coordinator = new Coordinator(connection, url, clock);
      coordinator.leadership.start();
      return coordinator;
    } catch (Exception e) {
      connection.close();
      throw e;
    }
  }

  /** A coordinator may be started together with ZooKeeper, or while that is started again. */
  private static void checkLayout(CoordinationConnection connection) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        connection.checkLayout();
        return;
      } catch (KeeperException e) {
        if (attempt == START_ATTEMPTS || !CoordinationConnection.isRetriable(e)) {
          throw e;
        }

        LOG.warn("ZooKeeper does not answer yet, asking again: {}", e.getMessage());
      }
    }
  }

  private Coordinator(CoordinationConnection connection, String url, Clock clock) {
    this.connection = connection;
    this.clock = clock;
    this.url = url;
    this.leadership = new Leadership(connection.curator(), url, clock, this::carriedOut);
  }

  /** Whether this one leads. */
  public boolean isLeader() {
    return leadership.isLeader();
  }

  /** Whether this one leads and has read every group. */
  public boolean isReady() {
    return leadership.isReady();
  }

  /**
   * The leader's URL; null when there is none at the moment, or it is this one, which has been
   * elected and does not lead yet.
   */
  public String leaderUrl() throws Exception {
    String leader = leadership.leaderUrl();
    return url.equals(leader) && !isLeader() ? null : leader;
  }

  /** The URLs of all coordinators. */
  public List<String> candidates() throws Exception {
    return leadership.candidates();
  }

  /** The tasks by name; none while this coordinator does not lead. */
  public NavigableMap<String, TaskSnapshot> tasks() {
    return leadership.snapshots();
  }

  /** An id for an action; ids sort by time. */
  public String newActionId() {
    return String.format("%013d-%s", clock.millis(), UUID.randomUUID());
  }

  /** The present time, milliseconds since the epoch. */
  public long nowMillis() {
    return clock.millis();
  }

  /**
   * Has a command carried out.
   *
   * @return what became of it; null when that is not known yet: it is carried out as soon as
   *     possible and then found in the audit
   */
  public AuditEntry act(String task, TableId group, OperatorAction action) throws Exception {
    CompletableFuture<AuditEntry> result = new CompletableFuture<>();
    waiting.put(action.id(), result);
    try {
      String path = new CoordinationPaths(task).group(group).command(action.id());
      byte[] record = Records.encode(ActionJson.write(action));
      create(path, record);
      return result.get(ACTION_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("An action's result is never an error", e);
    } finally {
      waiting.remove(action.id());
    }
  }

  /** The name is new: what is there was made by an attempt whose answer was lost. */
  private void create(String path, byte[] record) throws Exception {
    try {
      curator().create().forPath(path, record);
    } catch (KeeperException.NodeExistsException e) {
      LOG.info("{} was written before", path);
    }
  }

  /** Whether a source or sink task is connected at present. */
  public boolean isConnected(String task, String participant) throws Exception {
    return curator().checkExists().forPath(new CoordinationPaths(task).status(participant)) != null;
  }

  /**
   * Forgets a source: its tables leave their groups, and until it states its tables again no group
   * waits for it.
   *
   * @return false when no such source has stated its tables, nor is expected
   */
  public boolean forgetSource(String task, String source, String operator) throws Exception {
    CoordinationPaths paths = new CoordinationPaths(task);
    Audit audit = new Audit(curator(), paths);
    audit.ensure();
    AuditEntry entry = entry(newActionId(), operator, "FORGET_SOURCE", source);
    Forgotten forgotten = new Forgotten(curator(), paths);
    Nodes.ensure(curator(), forgotten.parent(), new byte[0]);
    List<CuratorOp> steps = new ArrayList<>();
    if (curator().checkExists().forPath(paths.source(source)) != null) {
      steps.add(curator().transactionOp().delete().forPath(paths.source(source)));
    } else if (!isExpected(task, source)) {
      return false;
    }

    steps.add(forgotten.noted(source));
    steps.add(audit.created(entry));
    try {
      curator().transaction().forOperations(steps);
    } catch (KeeperException.NoNodeException | KeeperException.NodeExistsException e) {
      if (!audit.holds(entry)) {
        return false;
      }
    }

    Nodes.delete(curator(), paths.fact(source));
    audit.prune();
    return true;
  }

  private boolean isExpected(String task, String source) {
    TaskSnapshot known = tasks().get(task);
    return known != null
        && known.settings() != null
        && known.settings().expectedSources().contains(source);
  }

  private AuditEntry entry(String id, String operator, String action, String subject) {
    return new AuditEntry(
        id, clock.millis(), operator, action, null, subject, List.of(), List.of());
  }

  /**
   * Asks the sources of a task to look at their tables anew.
   *
   * @param operator who asks
   * @return the check's number; sources state it with what they found, see {@link
   *     TaskSnapshot#answers}
   */
  public long askForCheck(String task, String operator) throws Exception {
    CoordinationPaths paths = new CoordinationPaths(task);
    Nodes.ensure(curator(), paths.check(), new byte[0]);
    Audit audit = new Audit(curator(), paths);
    audit.ensure();
    AuditEntry entry = entry(Audit.checkId(newActionId()), operator, "CHECK", null);
    try {
      curator()
          .transaction()
          .forOperations(
              curator().transactionOp().setData().forPath(paths.check(), new byte[0]),
              audit.created(entry));
    } catch (KeeperException.NodeExistsException e) {
      LOG.info("The check {} was asked for before", entry.id());
    }

    audit.prune();
    return curator().checkExists().forPath(paths.check()).getVersion();
  }

  /** What the participants of a task state about themselves. */
  public List<ParticipantStatus> statuses(String task) throws Exception {
    String parent = new CoordinationPaths(task).statuses();
    return new BulkReader(curator())
        .children(parent).values().stream().map(StatusJson::read).toList();
  }

  /** The last actions on a task, newest first. */
  public List<AuditEntry> audit(String task, int limit) throws Exception {
    return new Audit(curator(), new CoordinationPaths(task)).last(limit);
  }

  private void carriedOut(AuditEntry entry) {
    CompletableFuture<AuditEntry> result = waiting.get(entry.id());
    if (result != null) {
      result.complete(entry);
    }
  }

  private CuratorFramework curator() {
    return connection.curator();
  }

  @Override
  public void close() throws Exception {
    if (closed.compareAndSet(false, true)) {
      leadership.close();
      connection.close();
    }
  }
}
