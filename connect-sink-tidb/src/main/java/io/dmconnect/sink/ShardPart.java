package io.dmconnect.sink;

import io.dmconnect.model.TableId;
import io.dmconnect.model.coordination.ParticipantStatus;
import io.dmconnect.model.coordination.TaskSettings;
import io.dmconnect.model.coordination.zk.CoordinationPaths;
import io.dmconnect.model.coordination.zk.ShardDdlClient;
import io.dmconnect.model.coordination.zk.ZooKeeperKeys;
import io.dmconnect.model.coordination.zk.ZooKeeperShardDdlClient;
import io.dmconnect.model.route.Router;
import io.dmconnect.sink.ddl.DdlExecutors;
import io.dmconnect.sink.ddl.Executions;
import io.dmconnect.sink.ddl.ShardGate;
import io.dmconnect.sink.engine.PartitionListener;
import io.dmconnect.sink.engine.PassedOverColumns;
import io.dmconnect.sink.engine.SinkEngine;
import io.dmconnect.sink.engine.SinkMetrics;
import io.dmconnect.sink.progress.JdbcSourceSchemas;
import io.dmconnect.sink.progress.MetaTables;
import io.dmconnect.sink.shard.GroupRoutes;
import io.dmconnect.sink.shard.JdbcMemberStore;
import io.dmconnect.sink.shard.JdbcMergedTables;
import io.dmconnect.sink.shard.JdbcPassedOverStore;
import io.dmconnect.sink.shard.LedgerExecutions;
import io.dmconnect.sink.shard.MemberColumns;
import io.dmconnect.sink.shard.PassedOverNotes;
import io.dmconnect.sink.shard.ShardGroups;
import io.dmconnect.sink.target.Retry;
import io.dmconnect.sink.target.TargetPool;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task's part in shard merge; nothing when that is off. */
final class ShardPart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShardPart.class);
  private static final long TICK_MILLIS = 2_000;

  private final String participant;
  private final ShardDdlClient client;
  private final ShardGroups groups;
  private final MemberColumns columns;
  private final Executions executions;
  private final ScheduledExecutorService ticks;
  private ScheduledFuture<?> ticking;
  private String known;

  /**
   * What is used of the target.
   *
   * @param pool for bookkeeping
   * @param retry how long
   * @param quickRetry how long on the task's own thread
   * @param tables the bookkeeping tables
   */
  record Target(TargetPool pool, Retry retry, Retry quickRetry, MetaTables tables) {}

  /** Connects to the coordination service in the background, if the configuration wants it. */
  static ShardPart start(
      TiDbSinkConfig config, String participant, Target target, DdlExecutors executors) {
    if (config.shardMode() == ShardKeys.Mode.NONE) {
      return new ShardPart(participant, null, null, null, null, null);
    }

    String dmTask = config.getString(ShardKeys.TASK);
    TaskSettings settings = config.shardSettings();
    ShardDdlClient client =
        new ZooKeeperShardDdlClient(
            ZooKeeperKeys.settings(config), new CoordinationPaths(dmTask), participant);
    client.configure(settings);
    Executions executions = executors.executions(dmTask);
    String connector = config.connectorName();
    boolean severalSources = ShardKeys.expectedSources(config).size() != 1;
    JdbcSourceSchemas schemas =
        new JdbcSourceSchemas(target.pool(), target.retry(), target.tables(), connector);
    JdbcMergedTables merged = new JdbcMergedTables(target.pool(), target.retry());
    MemberColumns columns =
        new MemberColumns(
            new JdbcPassedOverStore(target.pool(), target.quickRetry(), target.tables(), connector),
            new JdbcMergedTables(target.pool(), target.quickRetry()));
    PassedOverNotes notes =
        new PassedOverNotes(
            new JdbcPassedOverStore(target.pool(), target.retry(), target.tables(), connector),
            merged);
    ShardGroups groups =
        new ShardGroups(
            new GroupRoutes(new Router(config.routes()), severalSources),
            client,
            new LedgerExecutions(executions, executors.background().statements()),
            merged,
            new JdbcMemberStore(target.pool(), target.retry(), target.tables(), connector),
            notes,
            schemas::load,
            executors.background());
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(new TaskThreads(participant + "-shards"));
    return new ShardPart(participant, client, groups, columns, executions, ticks);
  }

  private ShardPart(
      String participant,
      ShardDdlClient client,
      ShardGroups groups,
      MemberColumns columns,
      Executions executions,
      ScheduledExecutorService ticks) {
    this.participant = participant;
    this.client = client;
    this.groups = groups;
    this.columns = columns;
    this.executions = executions;
    this.ticks = ticks;
  }

  boolean isOn() {
    return groups != null;
  }

  ShardGate gate() {
    return isOn() ? groups : ShardGate.NONE;
  }

  PassedOverColumns passedOver() {
    return isOn() ? columns : PassedOverColumns.NONE;
  }

  PartitionListener listener() {
    return isOn() ? groups : PartitionListener.NONE;
  }

  /** Begins to tell the engine of merged tables that changed, and people how the task is doing. */
  void begin(SinkEngine engine, SinkMetrics metrics) {
    if (isOn()) {
      groups.onChange(engine::targetChanged);
      ticking =
          ticks.scheduleWithFixedDelay(
              () -> tick(engine, metrics), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick(SinkEngine engine, SinkMetrics metrics) {
    try {
      client.status(status(metrics));
      lookForExecutionsOfOthers(engine);
    } catch (RuntimeException e) {
      // The next tick looks again; an exception would end the ticks.
      LOG.warn("The state of the merged tables is not known now", e);
    }
  }

  /** Merged tables are changed by other tasks, too. */
  private void lookForExecutionsOfOthers(SinkEngine engine) {
    Executions.Changes changes = executions.changesSince(known);
    known = changes.upTo();
    Set<TableId> targets = new HashSet<>(groups.targets());
    targets.addAll(columns.targets());
    for (TableId target : targets) {
      if (changes.targets().contains(target.toString())) {
        engine.targetChanged(target);
      }
    }
  }

  private ParticipantStatus status(SinkMetrics metrics) {
    NavigableMap<String, String> details = new TreeMap<>();
    details.put("rows", Long.toString(metrics.rows()));
    details.put("queued_rows", Long.toString(metrics.queuedRows()));
    details.put("lag_ms", Long.toString(metrics.lagMillis()));
    details.put("retries", Long.toString(metrics.retries()));
    details.put("held_back_partitions", Long.toString(metrics.heldBack()));
    details.put("schema_changes", Long.toString(metrics.schemaChanges()));
    NavigableMap<String, String> waiting = groups.waiting();
    waiting.forEach((member, what) -> details.put("waits:" + member, what));
    String stage = waiting.isEmpty() ? "running" : "waiting";
    return new ParticipantStatus(
        participant,
        ParticipantStatus.Kind.SINK,
        stage,
        System.currentTimeMillis(),
        details,
        metrics.lastError());
  }

  @Override
  public void close() {
    if (isOn()) {
      if (ticking != null) {
        ticking.cancel(true);
      }

      ticks.shutdownNow();
      client.close();
    }
  }
}
